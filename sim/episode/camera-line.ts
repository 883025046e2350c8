import { isDropped } from '../camera-effects/sensor-effects.ts';
import type { CameraConditions } from '../conditions/conditions.ts';
import type { Frames } from './contract.ts';
import { CONTROL_PERIOD } from './spec.ts';

/** The way of the frames from the cameras to the driver: it may delay, lose and blank them. */
export class CameraLine {
  readonly #camera: CameraConditions;
  readonly #seed: number;
  readonly #delayTicks: number;
  #underway: Frames[] = [];

  /** @param seed of the episode */
  constructor(camera: CameraConditions, seed: number) {
    this.#camera = camera;
    this.#seed = seed;
    this.#delayTicks = Math.round(camera.delay / CONTROL_PERIOD);
  }

  /**
   * Takes the newest frames and returns those that arrive now; before the first has arrived, the oldest there is. Where
   * frames were lost nothing arrives.
   */
  pass(newest: Frames, tick: number): Frames {
    const { blank } = this.#camera;
    const lost = isDropped(this.#camera, this.#seed, tick);
    this.#underway.push(lost ? {} : blank ? blanked(newest) : newest);
    if (this.#underway.length > this.#delayTicks + 1) this.#underway.shift();
    return this.#underway[0]!;
  }

  /** Forgets what is under way: the car was put somewhere else. */
  clear(): void {
    this.#underway = [];
  }
}

function blanked(frames: Frames): Frames {
  return Object.fromEntries(
    Object.entries(frames).map(([name, frame]) => [name, { ...frame, pixels: new Uint8Array(frame.pixels.length) }]),
  );
}
