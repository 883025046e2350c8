import type { Columns } from './recording.ts';

/** Collects values sample by sample into columns; a value not given is NaN, a column never given is absent. */
export class ColumnBuilder {
  readonly #columns = new Map<string, Float64Array>();
  #capacity: number;
  length = 0;

  constructor(capacity = 1024) {
    this.#capacity = capacity;
    this.#columns.set('time', new Float64Array(capacity));
  }

  /** Begins the next sample. @param time [s] */
  next(time: number): void {
    if (this.length === this.#capacity) {
      this.#capacity *= 2;
      for (const [name, old] of this.#columns) this.#columns.set(name, this.#filled(old));
    }
    this.#columns.get('time')![this.length++] = time;
  }

  /** Sets a value of the sample begun last. */
  set(name: string, value: number): void {
    let column = this.#columns.get(name);
    if (column === undefined) {
      column = this.#filled(new Float64Array());
      this.#columns.set(name, column);
    }
    column[this.length - 1] = value;
  }

  /** The columns so far, each as long as there are samples. */
  finish(): Columns {
    const columns: Record<string, Float64Array> = {};
    for (const [name, column] of this.#columns) columns[name] = column.slice(0, this.length);
    return columns as Columns;
  }

  #filled(old: Float64Array): Float64Array {
    const column = new Float64Array(this.#capacity).fill(Number.NaN, old.length);
    column.set(old);
    return column;
  }
}
