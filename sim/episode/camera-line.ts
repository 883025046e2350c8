import type { Conditions } from '../conditions/conditions.ts';
import type { CameraName, Frame } from '../frame.ts';
import { CONTROL_PERIOD } from './spec.ts';

export type Frames = Readonly<Record<CameraName, Frame>>;

/** The way of the frames from the cameras to the driver: it may delay them and it may blank them. */
export class CameraLine {
  readonly #blank: boolean;
  readonly #delayTicks: number;
  readonly #underway: Frames[] = [];

  constructor(camera: Conditions['camera']) {
    this.#blank = camera.blank;
    this.#delayTicks = Math.round(camera.delay / CONTROL_PERIOD);
  }

  /** Takes the newest frames and returns those that arrive now; before the first has arrived, the oldest there is. */
  pass(newest: Frames): Frames {
    this.#underway.push(this.#blank ? blanked(newest) : newest);
    if (this.#underway.length > this.#delayTicks + 1) this.#underway.shift();
    return this.#underway[0]!;
  }
}

function blanked(frames: Frames): Frames {
  return Object.fromEntries(
    Object.entries(frames).map(([name, frame]) => [name, { ...frame, pixels: new Uint8Array(frame.pixels.length) }]),
  );
}
