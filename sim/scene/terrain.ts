import { BufferAttribute, BufferGeometry } from 'three/webgpu';
import type { Dryness } from './dryness.ts';
import type { Ground } from './ground.ts';
import { smoothStep } from './noise.ts';

/** How far from the road there is land [m]. */
const LAND = 340;
/** Cells on a side of a piece, the unit of culling. */
const PIECE = 12;
/** Below the road's ribbon the land sinks, so that it does not poke through [m]. */
const SINK = 0.9;
/** Half-width of the road's ribbon beyond the shoulder that is surely there [m]. */
const RIBBON = 9;
const MOST_CELLS = 60_000;

/** The land around the road as a grid of heights; cells far from the road are left out. */
export class Terrain {
  readonly #ground: Ground;
  readonly #cell: number;
  readonly #columns: number;
  readonly #rows: number;
  readonly #originX: number;
  readonly #originY: number;
  readonly #heights: Float32Array;

  constructor(ground: Ground, finestCell = 10) {
    const { line } = ground;
    this.#ground = ground;
    const width = line.maxX - line.minX + 2 * LAND;
    const depth = line.maxY - line.minY + 2 * LAND;
    const cell = Math.max(finestCell, Math.sqrt((width * depth) / MOST_CELLS));
    this.#cell = cell;
    this.#columns = Math.ceil(width / cell);
    this.#rows = Math.ceil(depth / cell);
    this.#originX = line.minX - LAND;
    this.#originY = line.minY - LAND;
    this.#heights = new Float32Array((this.#columns + 1) * (this.#rows + 1)).fill(Number.NaN);
    const land = this.#landVertices();
    for (let vertex = 0; vertex < land.length; vertex++) {
      if (land[vertex] === 0) continue;
      const x = this.#originX + (vertex % (this.#columns + 1)) * cell;
      const y = this.#originY + Math.floor(vertex / (this.#columns + 1)) * cell;
      this.#heights[vertex] = ground.height(x, y) - this.#sinkAt(x, y);
    }
  }

  /** 1 where a vertex of the grid is near enough to the road to be land. */
  #landVertices(): Uint8Array {
    const marked = new Uint8Array(this.#heights.length);
    const { samples, step } = this.#ground.line;
    const cell = this.#cell;
    const every = Math.max(1, Math.round(25 / step));
    for (let i = 0; i < samples.length; i += every) {
      const { x, y } = samples[i]!;
      const first = Math.max(0, Math.ceil((y - LAND - this.#originY) / cell));
      const last = Math.min(this.#rows, Math.floor((y + LAND - this.#originY) / cell));
      for (let row = first; row <= last; row++) {
        const half = Math.sqrt(Math.max(0, LAND ** 2 - (this.#originY + row * cell - y) ** 2));
        const from = Math.max(0, Math.ceil((x - half - this.#originX) / cell));
        const to = Math.min(this.#columns, Math.floor((x + half - this.#originX) / cell));
        if (from <= to) marked.fill(1, row * (this.#columns + 1) + from, row * (this.#columns + 1) + to + 1);
      }
    }
    return marked;
  }

  #sinkAt(x: number, y: number): number {
    const { line } = this.#ground;
    const nearest = line.nearest(x, y, 40);
    if (nearest < 0) return 0;
    const sample = line.samples[nearest]!;
    const half = Math.max(sample.left, -sample.right) + line.track.shoulderWidth;
    return SINK * (1 - smoothStep(half + 6, half + 11, Math.hypot(x - sample.x, y - sample.y)));
  }

  /** Height of what is drawn at a place [m]: the road's ribbon near the road, the grid's triangles elsewhere. */
  surface(x: number, y: number): number {
    const { line } = this.#ground;
    const nearest = line.nearest(x, y, 60);
    if (nearest >= 0) {
      const sample = line.samples[nearest]!;
      const lateral = (x - sample.x) * sample.leftX + (y - sample.y) * sample.leftY;
      if (this.#ground.beyondShoulder(sample, lateral) < RIBBON) return this.#ground.height(x, y);
    }
    const u = Math.min(this.#columns - 1e-6, Math.max(0, (x - this.#originX) / this.#cell));
    const v = Math.min(this.#rows - 1e-6, Math.max(0, (y - this.#originY) / this.#cell));
    const column = Math.floor(u);
    const row = Math.floor(v);
    const a = this.#at(column, row);
    const b = this.#at(column + 1, row);
    const c = this.#at(column + 1, row + 1);
    const d = this.#at(column, row + 1);
    const [p, q] = [u - column, v - row];
    // The cell is cut from its lowest to its highest corner, as in the mesh.
    const height = p > q ? a + (b - a) * p + (c - b) * q : a + (d - a) * q + (c - d) * p;
    return Number.isNaN(height) ? this.#ground.height(x, y) : height;
  }

  /** The meshes, in pieces that can be culled. */
  build(dryness: Dryness): BufferGeometry[] {
    const pieces: BufferGeometry[] = [];
    for (let row = 0; row < this.#rows; row += PIECE) {
      for (let column = 0; column < this.#columns; column += PIECE) {
        const piece = this.#buildPiece(column, row, dryness);
        if (piece) pieces.push(piece);
      }
    }
    return pieces;
  }

  #at(column: number, row: number): number {
    const held = Math.min(this.#rows, Math.max(0, row)) * (this.#columns + 1);
    return this.#heights[held + Math.min(this.#columns, Math.max(0, column))]!;
  }

  #buildPiece(fromColumn: number, fromRow: number, dryness: Dryness): BufferGeometry | undefined {
    const cell = this.#cell;
    const side = PIECE + 1;
    const positions = new Float32Array(side * side * 3);
    const normals = new Int8Array(side * side * 4);
    for (let j = 0; j < side; j++) {
      for (let i = 0; i < side; i++) {
        const vertex = j * side + i;
        const column = Math.min(this.#columns, fromColumn + i);
        const row = Math.min(this.#rows, fromRow + j);
        const height = this.#at(column, row);
        const x = this.#originX + column * cell;
        const y = this.#originY + row * cell;
        positions.set([x, y, Number.isNaN(height) ? 0 : height], vertex * 3);
        const slopeX =
          (orElse(this.#at(column + 1, row), height) - orElse(this.#at(column - 1, row), height)) / (2 * cell);
        const slopeY =
          (orElse(this.#at(column, row + 1), height) - orElse(this.#at(column, row - 1), height)) / (2 * cell);
        const length = Math.hypot(slopeX, slopeY, 1);
        const normal = [-slopeX / length, -slopeY / length, 1 / length, dryness(x, y)];
        normals.set(
          normal.map((n) => Math.round((n || 0) * 127)),
          vertex * 4,
        );
      }
    }
    const indices: number[] = [];
    for (let j = 0; j < PIECE && fromRow + j < this.#rows; j++) {
      for (let i = 0; i < PIECE && fromColumn + i < this.#columns; i++) {
        const [column, row] = [fromColumn + i, fromRow + j];
        const corners = [
          this.#at(column, row),
          this.#at(column + 1, row),
          this.#at(column, row + 1),
          this.#at(column + 1, row + 1),
        ];
        if (corners.some(Number.isNaN)) continue;
        const a = j * side + i;
        indices.push(a, a + 1, a + side + 1, a, a + side + 1, a + side);
      }
    }
    if (indices.length === 0) return undefined;
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(positions, 3));
    geometry.setAttribute('normal', new BufferAttribute(normals, 4, true));
    geometry.setIndex(new BufferAttribute(new Uint16Array(indices), 1));
    geometry.computeBoundingSphere();
    return geometry;
  }
}

function orElse(value: number, other: number): number {
  return Number.isNaN(value) ? other : value;
}
