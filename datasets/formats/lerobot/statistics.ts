/** Running statistics of a vector, as LeRobot's `stats.json` holds them; missing values do not count. */
export class VectorStatistics {
  readonly #min: number[];
  readonly #max: number[];
  readonly #sum: number[];
  readonly #squares: number[];
  readonly #count: number[];
  rows = 0;

  constructor(size: number) {
    this.#min = new Array<number>(size).fill(Number.POSITIVE_INFINITY);
    this.#max = new Array<number>(size).fill(Number.NEGATIVE_INFINITY);
    this.#sum = new Array<number>(size).fill(0);
    this.#squares = new Array<number>(size).fill(0);
    this.#count = new Array<number>(size).fill(0);
  }

  add(values: readonly number[]): void {
    this.rows++;
    values.forEach((value, k) => {
      if (!Number.isFinite(value)) return;
      this.#count[k]!++;
      this.#min[k] = Math.min(this.#min[k]!, value);
      this.#max[k] = Math.max(this.#max[k]!, value);
      this.#sum[k]! += value;
      this.#squares[k]! += value * value;
    });
  }

  /** @param shape turns a list into the nesting that the feature's statistics have */
  finish(shape: (values: number[]) => unknown = (values) => values): Record<string, unknown> {
    const each = (value: (k: number) => number) =>
      shape(this.#sum.map((_, k) => (this.#count[k] === 0 ? 0 : value(k))));
    const mean = (k: number) => this.#sum[k]! / this.#count[k]!;
    return {
      min: each((k) => this.#min[k]!),
      max: each((k) => this.#max[k]!),
      mean: each(mean),
      std: each((k) => Math.sqrt(Math.max(0, this.#squares[k]! / this.#count[k]! - mean(k) ** 2))),
      count: [this.rows],
    };
  }
}
