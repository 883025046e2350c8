import { SensorEffects } from '../camera-effects/sensor-effects.ts';
import type { Disturbances } from '../disturbances/acting.ts';
import type { CameraName, Frame } from '../frame.ts';
import type { TrafficCar } from '../traffic/traffic-car.ts';
import type { VehicleState } from '../vehicle/state.ts';
import { CameraLine } from './camera-line.ts';
import type { FrameSource, Frames } from './contract.ts';
import type { EpisodeSpec } from './spec.ts';

/** The car's cameras, what their sensors do to the picture, and the line to the driver. */
export class Sight {
  readonly #cameras: Readonly<Record<CameraName, FrameSource>>;
  readonly #effects: SensorEffects;
  readonly #line: CameraLine;
  readonly #disturbances: Disturbances;

  constructor(
    cameras: Readonly<Record<CameraName, FrameSource>>,
    { conditions, seed }: EpisodeSpec,
    disturbances: Disturbances,
  ) {
    this.#cameras = cameras;
    this.#effects = new SensorEffects(conditions.camera, seed);
    this.#line = new CameraLine(conditions.camera, seed);
    this.#disturbances = disturbances;
  }

  /** What every camera sees now, as its sensor gives it. */
  async capture(state: VehicleState, time: number, tick: number, others: readonly TrafficCar[]): Promise<Frames> {
    const frames: Record<CameraName, Frame> = {};
    for (const [name, camera] of Object.entries(this.#cameras)) {
      frames[name] = this.#effects.apply(await camera.capture(state, time, others), name, tick);
    }
    return frames;
  }

  /** What reaches the driver now. */
  deliver(frames: Frames, tick: number): Frames {
    return this.#line.pass(this.#disturbances.frames(frames), tick, this.#disturbances.lateness());
  }

  relocated(): void {
    this.#line.clear();
  }
}
