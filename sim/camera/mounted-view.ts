import { LinearFilter, PerspectiveCamera, RenderTarget, SRGBColorSpace, type WebGPURenderer } from 'three/webgpu';
import type { WorldScene } from '../scene/world-scene.ts';
import type { TrafficCar } from '../traffic/traffic-car.ts';
import { type CameraMount, verticalFieldOfView } from './mount.ts';
import { type CarPlace, PoseFinder } from './pose.ts';

/** Nothing nearer than this is seen [m]. */
const NEAREST = 0.3;

/** What a camera on the car sees, drawn into a render target of its own. */
export class MountedView {
  readonly mount: CameraMount;
  /** Where `draw` draws to: `[height, width]` of RGBA bytes, sRGB-encoded. */
  readonly target: RenderTarget;
  readonly #renderer: WebGPURenderer;
  readonly #world: WorldScene;
  readonly #camera: PerspectiveCamera;
  readonly #poses: PoseFinder;

  /**
   * @param renderer initialised
   * @param world what is seen; it is not disposed of with the view
   */
  constructor(renderer: WebGPURenderer, world: WorldScene, mount: CameraMount) {
    this.mount = mount;
    this.#renderer = renderer;
    this.#world = world;
    const { width, height } = mount;
    this.target = new RenderTarget(width, height, {
      // The hardware encodes on writing, so that blending and anti-aliasing work with light and the bytes are sRGB.
      colorSpace: SRGBColorSpace,
      minFilter: LinearFilter,
      magFilter: LinearFilter,
      generateMipmaps: false,
      samples: world.samples,
    });
    const degrees = (verticalFieldOfView(mount) * 180) / Math.PI;
    this.#camera = new PerspectiveCamera(degrees, width / height, NEAREST, world.farthest);
    this.#camera.matrixAutoUpdate = false;
    this.#poses = new PoseFinder(world.track);
  }

  /** The beginning of the road, where there is something to see. */
  get start(): CarPlace {
    const { x, y, heading } = this.#world.track.pointAt(0);
    return { x, y, yaw: heading };
  }

  /**
   * Looks from a car at this place; what is drawn next is seen from there.
   * @param time world time [s]
   * @param others the other cars; nobody when absent
   */
  aim(place: CarPlace, time: number, others: readonly TrafficCar[] = []): void {
    this.#poses.cameraMatrix(place, this.mount, this.#camera.matrix);
    this.#camera.matrixWorldNeedsUpdate = true;
    this.#camera.updateMatrixWorld();
    this.#world.update(this.#camera, this.mount.height, time, others);
  }

  /** @param target another target of the mount's size than the view's own */
  draw(target = this.target): void {
    const previous = this.#renderer.getRenderTarget();
    this.#renderer.setRenderTarget(target);
    try {
      this.#renderer.render(this.#world.scene, this.#camera);
    } finally {
      this.#renderer.setRenderTarget(previous);
    }
  }

  dispose(): void {
    this.target.dispose();
  }
}
