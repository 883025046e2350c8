import type { WebGPURenderer } from 'three/webgpu';
import type { CarCameras } from '../../../evaluation/drive/car-cameras.ts';
import { displacedMount } from '../../../sim/camera/displaced-mount.ts';
import { CAMERA_RIGS, type CameraRig } from '../../../sim/camera/rigs.ts';
import { SensorCamera } from '../../../sim/camera/sensor-camera.ts';
import type { Conditions } from '../../../sim/conditions/conditions.ts';
import type { CameraName } from '../../../sim/frame.ts';
import { buildScene } from '../../../sim/scene/world-scene.ts';
import type { Track } from '../../../sim/track/track.ts';
import type { Gpu } from '../gpu/gpu.ts';
import { createRenderer } from '../gpu/renderer.ts';

/** The front camera alone, as the sensor of a car. */
export const FRONT_CAMERA_RIG: CameraRig = CAMERA_RIGS.front;

/** Puts cameras on cars; all of them share one renderer. */
export class Cameras implements CarCameras {
  readonly gpu: Gpu;
  readonly rig: CameraRig;
  readonly #renderer: WebGPURenderer;

  private constructor(gpu: Gpu, renderer: WebGPURenderer, rig: CameraRig) {
    this.gpu = gpu;
    this.#renderer = renderer;
    this.rig = rig;
  }

  static async open(gpu: Gpu, rig = FRONT_CAMERA_RIG): Promise<Cameras> {
    return new Cameras(gpu, await createRenderer(gpu), rig);
  }

  /** Builds the scene of a road under these conditions, with the rig's cameras in it, ready to capture. */
  async mount(track: Track, conditions: Conditions) {
    const world = buildScene(track, conditions);
    const sources: Record<CameraName, SensorCamera> = {};
    for (const [name, mount] of Object.entries(this.rig)) {
      sources[name] = new SensorCamera(this.#renderer, world, displacedMount(mount, conditions.camera));
    }
    for (const camera of Object.values(sources)) await camera.warmUp();
    return {
      sources,
      dispose() {
        for (const camera of Object.values(sources)) camera.dispose();
        world.dispose();
      },
    };
  }
}
