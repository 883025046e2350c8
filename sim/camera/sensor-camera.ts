import type { WebGPURenderer } from 'three/webgpu';
import type { DrawingSurface, DrawnFrame, Frame } from '../frame.ts';
import type { WorldScene } from '../scene/world-scene.ts';
import type { TrafficCar } from '../traffic/traffic-car.ts';
import { type GroundTruth, TruthTarget } from './ground-truth.ts';
import { HeldTextures } from './held-textures.ts';
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
  /** Where `draw` leaves its frames. */
  readonly surface: DrawingSurface;
  readonly #backend: WebGpuBackend;
  readonly #world: WorldScene;
  readonly #view: MountedView;
  readonly #readBack: ReadBack;
  readonly #held: HeldTextures;
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
    const { width, height } = mount;
    const { device } = this.#backend;
    this.surface = { device, width, height };
    this.#readBack = new ReadBack(device, width, height);
    this.#held = new HeldTextures(device, width, height);
  }

  /**
   * What the camera sees from the car at this moment, as RGB bytes, sRGB-encoded, top row first.
   * The same state and time give the same bytes on the same adapter.
   * @param time world time [s]; it is written into the frame
   * @param others the other cars; nobody when absent
   */
  async capture(state: CarPlace, time: number, others: readonly TrafficCar[] = []): Promise<Frame> {
    const texture = this.#render(state, time, others);
    const { width, height } = this.mount;
    return { width, height, time, pixels: await this.#readBack.read(texture) };
  }

  /**
   * What `capture` sees, left on the device that drew it. It stays as it is, whatever is drawn after it, until it is
   * released or the camera disposed of.
   */
  draw(state: CarPlace, time: number, others: readonly TrafficCar[] = []): DrawnFrame {
    const texture = this.#held.hold(this.#render(state, time, others));
    const { width, height } = this.mount;
    return {
      ...this.surface,
      time,
      texture,
      read: async () => ({ width, height, time, pixels: await this.#readBack.read(texture) }),
      release: () => this.#held.release(texture),
    };
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

  /** Draws into the camera's own target; the next drawing goes over it. */
  #render(state: CarPlace, time: number, others: readonly TrafficCar[]): GPUTexture {
    this.#view.aim(state, time, others);
    this.#view.draw();
    return this.#backend.get(this.#view.target.texture).texture!;
  }

  dispose(): void {
    this.#held.dispose();
    this.#readBack.dispose();
    this.#view.dispose();
    this.#truth?.dispose();
  }
}
