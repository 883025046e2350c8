import { LinearFilter, PerspectiveCamera, RenderTarget, SRGBColorSpace, type WebGPURenderer } from 'three/webgpu';
import { type CameraMount, verticalFieldOfView } from '../../../sim/camera/mount.ts';
import { type CarPlace, PoseFinder } from '../../../sim/camera/pose.ts';
import type { Frame } from '../../../sim/frame.ts';
import type { WorldScene } from '../../../sim/scene/world-scene.ts';

/** The car's camera where there is only WebGL: the same pictures to the eye, read back more slowly. */
export class WebGlCamera {
  readonly mount: CameraMount;
  readonly #renderer: WebGPURenderer;
  readonly #world: WorldScene;
  readonly #target: RenderTarget;
  readonly #camera: PerspectiveCamera;
  readonly #poses: PoseFinder;

  constructor(renderer: WebGPURenderer, world: WorldScene, mount: CameraMount) {
    this.mount = mount;
    this.#renderer = renderer;
    this.#world = world;
    const { width, height } = mount;
    this.#target = new RenderTarget(width, height, {
      colorSpace: SRGBColorSpace,
      minFilter: LinearFilter,
      magFilter: LinearFilter,
      generateMipmaps: false,
      samples: world.samples,
    });
    const degrees = (verticalFieldOfView(mount) * 180) / Math.PI;
    this.#camera = new PerspectiveCamera(degrees, width / height, 0.3, world.farthest);
    this.#camera.matrixAutoUpdate = false;
    this.#poses = new PoseFinder(world.track);
  }

  /** What the camera sees from the car at this moment. */
  async capture(state: CarPlace, time: number): Promise<Frame> {
    this.#poses.cameraMatrix(state, this.mount, this.#camera.matrix);
    this.#camera.matrixWorldNeedsUpdate = true;
    this.#camera.updateMatrixWorld();
    const { width, height } = this.mount;
    this.#world.update(this.#camera, height, time);
    const previous = this.#renderer.getRenderTarget();
    this.#renderer.setRenderTarget(this.#target);
    this.#renderer.render(this.#world.scene, this.#camera);
    this.#renderer.setRenderTarget(previous);
    const rgba = await this.#renderer.readRenderTargetPixelsAsync(this.#target, 0, 0, width, height);
    return { width, height, time, pixels: upright(rgba as Uint8Array, width, height) };
  }

  async warmUp(): Promise<void> {
    const { x, y, heading } = this.#world.track.pointAt(0);
    await this.capture({ x, y, yaw: heading }, 0);
  }

  dispose(): void {
    this.#target.dispose();
  }
}

/** RGBA with the bottom row first, as WebGL gives it, to RGB with the top row first. */
export function upright(rgba: Uint8Array, width: number, height: number): Uint8Array {
  const pixels = new Uint8Array(width * height * 3);
  for (let row = 0, to = 0; row < height; row++) {
    for (let column = 0, from = (height - 1 - row) * width * 4; column < width; column++, from += 4) {
      pixels[to++] = rgba[from]!;
      pixels[to++] = rgba[from + 1]!;
      pixels[to++] = rgba[from + 2]!;
    }
  }
  return pixels;
}
