import { SensorEffects } from '../camera-effects/sensor-effects.ts';
import type { Disturbances } from '../disturbances/acting.ts';
import type { Driver, Observation } from '../drivers/driver.ts';
import type { CameraName, DrawnFrame, Frame } from '../frame.ts';
import type { TrafficCar } from '../traffic/traffic-car.ts';
import type { VehicleState } from '../vehicle/state.ts';
import { CameraLine, isDrawn, type Pictures } from './camera-line.ts';
import type { FrameSource, Frames } from './contract.ts';
import type { EpisodeSpec } from './spec.ts';

/** The car's cameras, what their sensors do to the picture, and the line to the driver. */
export class Sight {
  readonly #cameras: Readonly<Record<CameraName, FrameSource>>;
  readonly #effects: SensorEffects;
  readonly #line: CameraLine;
  readonly #disturbances: Disturbances;
  readonly #driver: Driver;

  constructor(
    cameras: Readonly<Record<CameraName, FrameSource>>,
    { conditions, seed }: EpisodeSpec,
    disturbances: Disturbances,
    driver: Driver,
  ) {
    this.#cameras = cameras;
    this.#effects = new SensorEffects(conditions.camera, seed);
    this.#line = new CameraLine(conditions.camera, seed);
    this.#disturbances = disturbances;
    this.#driver = driver;
  }

  /**
   * What every camera sees now, as its sensor gives it. A picture stays where it is drawn when the driver takes it there
   * and nothing in the sensor or behind it changes pixels.
   */
  async capture(state: VehicleState, time: number, tick: number, others: readonly TrafficCar[]): Promise<Pictures> {
    const pictures: Record<CameraName, Frame | DrawnFrame> = {};
    for (const [name, camera] of Object.entries(this.#cameras)) {
      pictures[name] = this.#staysDrawn(camera)
        ? camera.draw!(state, time, others)
        : this.#effects.apply(await camera.capture(state, time, others), name, tick);
    }
    return pictures;
  }

  /**
   * The bytes of what was just captured.
   * @param all also of those that stayed where they were drawn, which takes a read
   */
  async bytesOf(pictures: Pictures, all: boolean): Promise<Frames> {
    const frames: Record<CameraName, Frame> = {};
    for (const [name, picture] of Object.entries(pictures)) {
      if (!isDrawn(picture)) frames[name] = picture;
      else if (all) frames[name] = await picture.read();
    }
    return frames;
  }

  /** What reaches the driver now, when this was just captured. */
  deliver(pictures: Pictures, tick: number): Pick<Observation, 'frames' | 'drawn'> {
    const { frames, drawn } = parted(pictures);
    const leaving = { ...this.#disturbances.frames(frames), ...drawn };
    return parted(this.#line.pass(leaving, tick, this.#disturbances.lateness()));
  }

  relocated(): void {
    this.#line.clear();
  }

  #staysDrawn({ surface, draw }: FrameSource): boolean {
    if (surface === undefined || draw === undefined) return false;
    if (!this.#effects.none || this.#disturbances.changesFrames) return false;
    return this.#driver.takesDrawn?.(surface) === true;
  }
}

function parted(pictures: Pictures): { frames: Frames; drawn: Readonly<Record<CameraName, DrawnFrame>> } {
  const frames: Record<CameraName, Frame> = {};
  const drawn: Record<CameraName, DrawnFrame> = {};
  for (const [name, picture] of Object.entries(pictures)) {
    if (isDrawn(picture)) drawn[name] = picture;
    else frames[name] = picture;
  }
  return { frames, drawn };
}
