/** A picture that took longer than this stands for a page that was asleep; the world does not make up for it [s]. */
const LONGEST_PICTURE = 0.1;
/** Time constant of the shown pace [s]. */
const SETTLING = 1;

/**
 * Leads the world's clock along the wall's. The world steps at its own fixed period; pictures are drawn whenever the
 * display asks. When steps take longer than they should, the world slows down and its steps stay the same.
 */
export class Pacer {
  /** Wanted world seconds per wall second: 1 is real time, 0.25 slow motion. */
  rate = 1;
  #shown = 0;
  #newest = 0;
  #pace = 1;

  /** World time that is drawn now [s]. */
  get shown(): number {
    return this.#shown;
  }

  /** World seconds per wall second that were reached lately. */
  get pace(): number {
    return this.#pace;
  }

  /** Begins anew at a world time [s]. */
  begin(time: number): void {
    this.#shown = time;
    this.#newest = time;
    this.#pace = this.rate;
  }

  /** The world is known up to this time now [s]. */
  stepped(time: number): void {
    this.#newest = time;
  }

  /**
   * A new picture is due.
   * @param elapsed wall time since the last one [s]
   * @param period the world's step [s]
   * @returns whether the next step should be begun, so that it is there when its time comes
   */
  advance(elapsed: number, period: number): boolean {
    const before = this.#shown;
    const wanted = before + Math.min(elapsed, LONGEST_PICTURE) * this.rate;
    this.#shown = Math.min(wanted, this.#newest);
    if (elapsed > 0) {
      const weight = 1 - Math.exp(-elapsed / SETTLING);
      this.#pace += ((this.#shown - before) / elapsed - this.#pace) * weight;
    }
    return this.#newest - this.#shown < period;
  }
}
