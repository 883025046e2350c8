/** Pictures a second below which the picture is made smaller. */
const TOO_SLOW = 21;
/** Share of real time below which the picture is made smaller for the world's sake, and above which it may grow. */
const LAGGING = 0.8;
const KEEPING_UP = 0.93;
/** It may grow again where most of the pictures come that are asked for [share]. */
const EASY = 0.83;
/** Pictures a second in low quality at most: what is left belongs to the world and the network. */
const LOW_LIMIT = 30;
/** How many pixels a picture may have, step by step; the last is all that the canvas has. */
const PIXELS = [60_000, 90_000, 130_000, 200_000, 320_000, 520_000, Number.POSITIVE_INFINITY] as const;
/** Where low quality begins: 480 x 270. */
const LOW_START = 2;
/** Pictures that are looked at before the size changes. */
const PATIENCE = 24;
/** Spans of `PATIENCE` without trouble before growing is tried: the first time, and at most. */
const FIRST_TRIAL = 8;
const RAREST_TRIAL = 128;

/** Chooses how many pixels are drawn, so that the picture keeps moving on slow machines. */
export class Resolution {
  /** Pictures a second at most. */
  readonly limit: number;
  #level: number;
  #count = 0;
  #time = 0;
  #settled = 0;
  #trial = FIRST_TRIAL;
  #grew = false;

  /** @param low begin small and draw no more pictures than are needed, for software rendering */
  constructor(low: boolean) {
    this.#level = low ? LOW_START : PIXELS.length - 1;
    this.limit = low ? LOW_LIMIT : Number.POSITIVE_INFINITY;
  }

  /**
   * Size of the picture for a canvas of this size, of the same shape and never larger [px].
   */
  fit(width: number, height: number): { readonly width: number; readonly height: number } {
    const share = Math.min(1, Math.sqrt(PIXELS[this.#level]! / Math.max(1, width * height)));
    return { width: Math.max(1, Math.round(width * share)), height: Math.max(1, Math.round(height * share)) };
  }

  /**
   * @param elapsed time since the last picture [s]
   * @param pace of the world, as a share of what it should be
   * @returns whether the size has changed
   */
  pictured(elapsed: number, pace = 1): boolean {
    this.#count++;
    this.#time += elapsed;
    if (this.#count < PATIENCE) return false;
    const rate = this.#count / this.#time;
    this.#count = 0;
    this.#time = 0;
    this.#settled++;
    // Still fewer pixels would not help the world.
    const costsTheWorld = pace < LAGGING && this.#level > LOW_START;
    if ((rate < TOO_SLOW && this.#level > 0) || costsTheWorld) {
      // What was tried in vain is tried again later, and later still: the size must not swing to and fro.
      if (this.#grew) this.#trial = Math.min(RAREST_TRIAL, 2 * this.#trial);
      this.#change(-1);
      return true;
    }
    const quick = EASY * Math.min(this.limit, 60);
    if (rate < quick || pace < KEEPING_UP || this.#settled <= this.#trial || this.#level === PIXELS.length - 1)
      return false;
    this.#change(1);
    return true;
  }

  #change(step: 1 | -1): void {
    this.#level += step;
    this.#grew = step > 0;
    this.#settled = 0;
  }
}
