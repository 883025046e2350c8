import { blanked } from '../camera-effects/blanked.ts';
import { isDropped } from '../camera-effects/sensor-effects.ts';
import type { CameraConditions } from '../conditions/conditions.ts';
import type { Frames } from './contract.ts';
import { CONTROL_PERIOD } from './spec.ts';

interface Underway {
  readonly frames: Frames;
  /** Tick at which they arrive. */
  readonly due: number;
}

/** The way of the frames from the cameras to the driver: it may delay, lose and blank them. */
export class CameraLine {
  readonly #camera: CameraConditions;
  readonly #seed: number;
  readonly #delayTicks: number;
  /** In the order in which they were taken. */
  #underway: Underway[] = [];

  /** @param seed of the episode */
  constructor(camera: CameraConditions, seed: number) {
    this.#camera = camera;
    this.#seed = seed;
    this.#delayTicks = Math.round(camera.delay / CONTROL_PERIOD);
  }

  /**
   * Takes the newest frames and returns the newest of those that have arrived; before the first has, the oldest there is.
   * Where frames were lost nothing arrives.
   * @param lateness how much later than usual the newest will arrive [s]
   */
  pass(newest: Frames, tick: number, lateness = 0): Frames {
    const { blank } = this.#camera;
    const lost = isDropped(this.#camera, this.#seed, tick);
    const due = tick + this.#delayTicks + Math.round(lateness / CONTROL_PERIOD);
    this.#underway.push({ frames: lost ? {} : blank ? blanked(newest) : newest, due });
    const arrived = this.#underway.findLastIndex((frames) => frames.due <= tick);
    if (arrived > 0) this.#underway.splice(0, arrived);
    return this.#underway[0]!.frames;
  }

  /** Forgets what is under way: the car was put somewhere else. */
  clear(): void {
    this.#underway = [];
  }
}
