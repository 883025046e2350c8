import { blanked } from '../camera-effects/blanked.ts';
import { isDropped } from '../camera-effects/sensor-effects.ts';
import type { CameraConditions } from '../conditions/conditions.ts';
import type { CameraName, DrawnFrame, Frame } from '../frame.ts';
import { CONTROL_PERIOD } from './spec.ts';

/** What each camera saw at one moment: bytes, or the frame where it was drawn. */
export type Pictures = Readonly<Record<CameraName, Frame | DrawnFrame>>;

interface Underway {
  readonly pictures: Pictures;
  /** Tick at which they arrive. */
  readonly due: number;
}

/**
 * The way of the frames from the cameras to the driver: it may delay, lose and blank them. Drawn ones are held as long as
 * they are under way, and released after that.
 */
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
   * Where frames were lost nothing arrives. What arrived is the driver's until the next call.
   * @param lateness how much later than usual the newest will arrive [s]
   */
  pass(newest: Pictures, tick: number, lateness = 0): Pictures {
    const { blank } = this.#camera;
    const lost = isDropped(this.#camera, this.#seed, tick);
    const due = tick + this.#delayTicks + Math.round(lateness / CONTROL_PERIOD);
    if (lost || blank) release(newest);
    this.#underway.push({ pictures: lost ? {} : blank ? blanked(newest) : newest, due });
    const arrived = this.#underway.findLastIndex((pictures) => pictures.due <= tick);
    if (arrived > 0) for (const { pictures } of this.#underway.splice(0, arrived)) release(pictures);
    return this.#underway[0]!.pictures;
  }

  /** Forgets what is under way: the car was put somewhere else. */
  clear(): void {
    for (const { pictures } of this.#underway) release(pictures);
    this.#underway = [];
  }
}

export function isDrawn(picture: Frame | DrawnFrame): picture is DrawnFrame {
  return 'texture' in picture;
}

function release(pictures: Pictures): void {
  for (const picture of Object.values(pictures)) if (isDrawn(picture)) picture.release();
}
