/** Side of a cell of the grid [m]. */
const CELL = 16;

/** Points of the plane in square cells, to find the nearest one without looking at all of them. */
export class NodeGrid {
  readonly #xs: Float64Array;
  readonly #ys: Float64Array;
  readonly #cells = new Map<number, number[]>();
  readonly #columns: number;
  readonly #rows: number;
  readonly #left: number;
  readonly #bottom: number;

  /** @param xs `[count]` and @param ys `[count]` coordinates [m] */
  constructor(xs: Float64Array, ys: Float64Array) {
    this.#xs = xs;
    this.#ys = ys;
    let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
    for (let i = 0; i < xs.length; i++) {
      left = Math.min(left, xs[i]!);
      right = Math.max(right, xs[i]!);
      bottom = Math.min(bottom, ys[i]!);
      top = Math.max(top, ys[i]!);
    }
    this.#left = left;
    this.#bottom = bottom;
    this.#columns = Math.floor((right - left) / CELL) + 1;
    this.#rows = Math.floor((top - bottom) / CELL) + 1;
    for (let i = 0; i < xs.length; i++) {
      const cell = this.#row(ys[i]!) * this.#columns + this.#column(xs[i]!);
      const there = this.#cells.get(cell);
      if (there) there.push(i);
      else this.#cells.set(cell, [i]);
    }
  }

  /** Index of the point nearest to (x, y); the lowest one of several. */
  nearest(x: number, y: number): number {
    const column = Math.min(this.#columns - 1, Math.max(0, this.#column(x)));
    const row = Math.min(this.#rows - 1, Math.max(0, this.#row(y)));
    // A point outside the grid is as far from the cell it was clamped to as this; rings count from that cell.
    const dx = Math.max(this.#left - x, x - this.#left - this.#columns * CELL, 0);
    const dy = Math.max(this.#bottom - y, y - this.#bottom - this.#rows * CELL, 0);
    const outside = dx * dx + dy * dy;
    let best = -1;
    let bestSquare = Infinity;
    const rings = Math.max(this.#columns, this.#rows);
    for (let ring = 0; ring <= rings; ring++) {
      const reach = Math.max(0, ring - 1) * CELL;
      if (bestSquare < reach * reach + (ring > 0 ? outside : 0)) break;
      for (let r = row - ring; r <= row + ring; r++) {
        if (r < 0 || r >= this.#rows) continue;
        const step = r === row - ring || r === row + ring ? 1 : Math.max(1, 2 * ring);
        for (let c = column - ring; c <= column + ring; c += step) {
          if (c < 0 || c >= this.#columns) continue;
          for (const i of this.#cells.get(r * this.#columns + c) ?? []) {
            const square = (this.#xs[i]! - x) * (this.#xs[i]! - x) + (this.#ys[i]! - y) * (this.#ys[i]! - y);
            if (square < bestSquare || (square === bestSquare && i < best)) {
              bestSquare = square;
              best = i;
            }
          }
        }
      }
    }
    return best;
  }

  #column(x: number): number {
    return Math.floor((x - this.#left) / CELL);
  }

  #row(y: number): number {
    return Math.floor((y - this.#bottom) / CELL);
  }
}
