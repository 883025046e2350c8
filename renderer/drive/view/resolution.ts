/** Pictures a second below which the picture is made smaller, and above which it may grow again. */
const TOO_SLOW = 24;
const QUICK = 50;
/** Steps between the smallest and the full size. */
const FACTORS = [0.4, 0.5, 0.625, 0.75, 1] as const;
/** Pictures that are looked at before the size changes. */
const PATIENCE = 24;

/** Chooses how many pixels are drawn, so that the picture keeps moving on slow machines. */
export class Resolution {
  #level: number;
  #count = 0;
  #time = 0;
  #settled = 0;

  /** @param slow begin small, for software rendering */
  constructor(slow: boolean) {
    this.#level = slow ? 2 : FACTORS.length - 1;
  }

  /** Factor on the size of the picture, 0.4 to 1. */
  get factor(): number {
    return FACTORS[this.#level]!;
  }

  /**
   * @param elapsed time since the last picture [s]
   * @returns whether the factor has changed
   */
  pictured(elapsed: number): boolean {
    this.#count++;
    this.#time += elapsed;
    if (this.#count < PATIENCE) return false;
    const rate = this.#count / this.#time;
    this.#count = 0;
    this.#time = 0;
    this.#settled++;
    if (rate < TOO_SLOW && this.#level > 0) this.#level--;
    // Growing is tried rarely, or the size would swing to and fro.
    else if (rate > QUICK && this.#level < FACTORS.length - 1 && this.#settled > 8) this.#level++;
    else return false;
    this.#settled = 0;
    return true;
  }
}
