import { signal } from '@preact/signals';
import type { Pacer } from './pacer.ts';

/** A picture is drawn at least this often, however far behind the world is [ms]. */
const LONGEST_WAIT = 38;
/** The display asks a little earlier or later than it should [ms]. */
const JITTER = 5;
/** Figures are shown anew after this [s]. */
const SHOWN_EVERY = 0.5;

/** Decides which pictures are drawn, and counts them. */
export class PictureRate {
  /** World seconds per wall second reached. */
  readonly pace = signal(1);
  /** Pictures a second. */
  readonly rate = signal(0);
  readonly #pacer: Pacer;
  #drawn = 0;
  #pictures = 0;
  #sinceShown = 0;

  constructor(pacer: Pacer) {
    this.#pacer = pacer;
  }

  /**
   * Whether this picture is left out. Pictures and the car's camera share one graphics queue; where it is too slow for
   * both, the world goes first, with a few pictures a second.
   * @param now by the display's clock [ms]
   * @param limit pictures a second at most
   * @param ticking whether a step of the world is under way
   */
  mustWait(now: number, limit: number, ticking: boolean): boolean {
    const since = now - this.#drawn;
    if (since < 1000 / limit - JITTER) return true;
    const behind = ticking && this.#pacer.pace < 0.9 * this.#pacer.rate;
    return behind && since < LONGEST_WAIT - JITTER;
  }

  /** A picture is drawn now [ms]. @returns time since the one before [s] */
  begin(now: number): number {
    const since = (now - this.#drawn) / 1000;
    this.#drawn = now;
    return since;
  }

  /** A picture was drawn. */
  count(): void {
    this.#pictures++;
  }

  /** Shows the figures now and then. @param elapsed since the last call [s] */
  show(elapsed: number): void {
    this.#sinceShown += elapsed;
    if (this.#sinceShown < SHOWN_EVERY) return;
    this.pace.value = this.#pacer.pace;
    this.rate.value = this.#pictures / this.#sinceShown;
    this.#pictures = 0;
    this.#sinceShown = 0;
  }
}
