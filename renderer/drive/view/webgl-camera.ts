import type { WebGPURenderer } from 'three/webgpu';
import type { CameraMount } from '../../../sim/camera/mount.ts';
import { MountedView } from '../../../sim/camera/mounted-view.ts';
import type { CarPlace } from '../../../sim/camera/pose.ts';
import type { Frame } from '../../../sim/frame.ts';
import type { WorldScene } from '../../../sim/scene/world-scene.ts';
import type { TrafficCar } from '../../../sim/traffic/traffic-car.ts';

/** The car's camera where there is only WebGL: the same pictures to the eye, read back more slowly. */
export class WebGlCamera {
  readonly mount: CameraMount;
  readonly #renderer: WebGPURenderer;
  readonly #view: MountedView;

  constructor(renderer: WebGPURenderer, world: WorldScene, mount: CameraMount) {
    this.mount = mount;
    this.#renderer = renderer;
    this.#view = new MountedView(renderer, world, mount);
  }

  /** What the camera sees from the car at this moment; see `SensorCamera.capture`. */
  async capture(state: CarPlace, time: number, others: readonly TrafficCar[] = []): Promise<Frame> {
    const { width, height } = this.mount;
    this.#view.aim(state, time, others);
    this.#view.draw();
    const rgba = await this.#renderer.readRenderTargetPixelsAsync(this.#view.target, 0, 0, width, height);
    return { width, height, time, pixels: upright(rgba as Uint8Array, width, height) };
  }

  async warmUp(): Promise<void> {
    await this.capture(this.#view.start, 0);
  }

  dispose(): void {
    this.#view.dispose();
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
