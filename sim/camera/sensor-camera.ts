import type { WebGPURenderer } from 'three/webgpu';
import type { Frame } from '../frame.ts';
import type { WorldScene } from '../scene/world-scene.ts';
import type { TrafficCar } from '../traffic/traffic-car.ts';
import { type GroundTruth, TruthTarget } from './ground-truth.ts';
import type { CameraMount } from './mount.ts';
import { MountedView } from './mounted-view.ts';
import type { CarPlace } from './pose.ts';
import { ReadBack } from './read-back.ts';

/** What of three's renderer lies behind its public face: the WebGPU objects. */
interface WebGpuBackend {
  readonly device: GPUDevice;
  get(object: object): { texture?: GPUTexture };
}

/** A camera on the car. Several may share a renderer and a scene; each has its own render target. */
export class SensorCamera {
  readonly mount: CameraMount;
  readonly #backend: WebGpuBackend;
  readonly #world: WorldScene;
  readonly #view: MountedView;
  readonly #readBack: ReadBack;
  #truth: TruthTarget | undefined;

  /**
   * @param renderer initialised, on a WebGPU device
   * @param world what is seen; it is not disposed of with the camera
   */
  constructor(renderer: WebGPURenderer, world: WorldScene, mount: CameraMount) {
    this.mount = mount;
    this.#backend = renderer.backend as unknown as WebGpuBackend;
    this.#world = world;
    this.#view = new MountedView(renderer, world, mount);
    this.#readBack = new ReadBack(this.#backend.device, mount.width, mount.height);
  }

  /**
   * What the camera sees from the car at this moment, as RGB bytes, sRGB-encoded, top row first.
   * The same state and time give the same bytes on the same adapter.
   * @param time world time [s]; it is written into the frame
   * @param others the other cars; nobody when absent
   */
  async capture(state: CarPlace, time: number, others: readonly TrafficCar[] = []): Promise<Frame> {
    const texture = this.render(state, time, others);
    const { width, height } = this.mount;
    return { width, height, time, pixels: await this.#readBack.read(texture) };
  }

  /**
   * Draws without reading back.
   * @returns the texture on the renderer's device, `rgba8unorm-srgb` of the mount's size; the next call draws over it.
   *   A copy into a buffer gives the very bytes of `capture`; loading it in a shader gives linear light.
   */
  render(state: CarPlace, time: number, others: readonly TrafficCar[] = []): GPUTexture {
    this.#view.aim(state, time, others);
    this.#view.draw();
    return this.#backend.get(this.#view.target.texture).texture!;
  }

  /**
   * What is true of each pixel of the frame that `capture` gives for the same arguments, without any weather.
   * @returns lane `[height, width]`: 1 our lane, 2 other pavement, 0 all else; depth `[height, width]` along the camera's
   *   axis [m], infinite where there is sky
   */
  async truth(state: CarPlace, time: number, others: readonly TrafficCar[] = []): Promise<GroundTruth> {
    const { width, height } = this.mount;
    this.#truth ??= new TruthTarget(this.#backend.device, width, height);
    const { target } = this.#truth;
    this.#view.aim(state, time, others);
    this.#world.showTruth(true);
    try {
      this.#view.draw(target);
    } finally {
      this.#world.showTruth(false);
    }
    return this.#truth.read(this.#backend.get(target.texture).texture!);
  }

  /** Draws once and waits, so that shaders are compiled and meshes uploaded before time matters. */
  async warmUp(): Promise<void> {
    await this.capture(this.#view.start, 0);
  }

  dispose(): void {
    this.#readBack.dispose();
    this.#view.dispose();
    this.#truth?.dispose();
  }
}
