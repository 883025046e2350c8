/**
 * Points of a curve that grows for hours, in memory that does not: when it is full, every second of the older points is
 * dropped, so that the whole curve stays visible and the newest part is the finest.
 */
export class ThinningSeries {
  readonly #columns: Float64Array[];
  #length = 0;
  /** Counts changes, so that a chart knows when to draw. */
  version = 0;

  /**
   * @param columns how many numbers a point has; the first one is x and grows
   * @param capacity points that are kept at most
   */
  constructor(columns: number, capacity = 100_000) {
    this.#columns = Array.from({ length: columns }, () => new Float64Array(capacity));
  }

  get length(): number {
    return this.#length;
  }

  /** Adds a point. Points at or behind its x are taken back first: a resumed run goes over old ground again. */
  add(...point: number[]): void {
    const [xs] = this.#columns;
    while (this.#length > 0 && xs![this.#length - 1]! >= point[0]!) this.#length--;
    if (this.#length === xs!.length) this.#thin();
    this.#columns.forEach((column, i) => {
      column[this.#length] = point[i]!;
    });
    this.#length++;
    this.version++;
  }

  clear(): void {
    this.#length = 0;
    this.version++;
  }

  /** The columns so far; views that the next `add` may change. */
  columns(): Float64Array[] {
    return this.#columns.map((column) => column.subarray(0, this.#length));
  }

  #thin(): void {
    const half = Math.floor(this.#length / 2);
    const kept = Math.ceil(half / 2);
    for (const column of this.#columns) {
      for (let i = 0; i < kept; i++) column[i] = column[2 * i]!;
      column.copyWithin(kept, half, this.#length);
    }
    this.#length = kept + this.#length - half;
  }
}
