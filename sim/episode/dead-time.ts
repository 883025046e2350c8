/** A line in which values travel for a fixed number of steps. */
export class DeadTime<T> {
  readonly #steps: number;
  #underway: { readonly value: T; readonly due: number }[] = [];
  #arrived: T;

  /**
   * @param steps how long each value is under way; 0 lets it through at once
   * @param before what has arrived before the first value does
   */
  constructor(steps: number, before: T) {
    this.#steps = steps;
    this.#arrived = before;
  }

  /** Sends a value off at a step; steps must not fall from call to call. */
  send(value: T, step: number): void {
    if (this.#steps === 0) this.#arrived = value;
    else this.#underway.push({ value, due: step + this.#steps });
  }

  /** The newest value that has arrived by a step. */
  at(step: number): T {
    while (this.#underway.length > 0 && this.#underway[0]!.due <= step) this.#arrived = this.#underway.shift()!.value;
    return this.#arrived;
  }

  /** Forgets what is under way, and begins anew with what has arrived. */
  clear(arrived: T): void {
    this.#underway = [];
    this.#arrived = arrived;
  }
}
