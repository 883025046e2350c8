import { BufferAttribute, BufferGeometry, type Material, Vector3 } from 'three/webgpu';
import { Batch, type BatchPiece } from './batch.ts';
import type { Dryness } from './dryness.ts';
import type { Ground } from './ground.ts';
import { smoothStep } from './noise.ts';

/** How far from the road there is land [m]. */
const LAND = 340;
/** Cells on a side of a piece, the unit of culling. */
const PIECE = 4;
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

  /** The land as one mesh whose pieces can be left out. */
  build(dryness: Dryness, material: Material): Batch {
    const vertices = this.#heights.length;
    const positions = new Float32Array(vertices * 3);
    const normals = new Int8Array(vertices * 4);
    for (let vertex = 0; vertex < vertices; vertex++) {
      const height = this.#heights[vertex]!;
      if (Number.isNaN(height)) continue;
      const column = vertex % (this.#columns + 1);
      const row = Math.floor(vertex / (this.#columns + 1));
      const x = this.#originX + column * this.#cell;
      const y = this.#originY + row * this.#cell;
      positions[vertex * 3] = x;
      positions[vertex * 3 + 1] = y;
      positions[vertex * 3 + 2] = height;
      const span = 2 * this.#cell;
      const slopeX = (orElse(this.#at(column + 1, row), height) - orElse(this.#at(column - 1, row), height)) / span;
      const slopeY = (orElse(this.#at(column, row + 1), height) - orElse(this.#at(column, row - 1), height)) / span;
      const length = Math.hypot(slopeX, slopeY, 1);
      normals[vertex * 4] = Math.round((-slopeX / length) * 127);
      normals[vertex * 4 + 1] = Math.round((-slopeY / length) * 127);
      normals[vertex * 4 + 2] = Math.round(127 / length);
      normals[vertex * 4 + 3] = Math.round(dryness(x, y) * 127);
    }
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(positions, 3));
    geometry.setAttribute('normal', new BufferAttribute(normals, 4, true));
    const pieces: BatchPiece[] = [];
    for (let row = 0; row < this.#rows; row += PIECE) {
      for (let column = 0; column < this.#columns; column += PIECE) {
        const piece = this.#piece(column, row);
        if (piece) pieces.push(piece);
      }
    }
    return new Batch(geometry, pieces, material, 2);
  }

  #at(column: number, row: number): number {
    const held = Math.min(this.#rows, Math.max(0, row)) * (this.#columns + 1);
    return this.#heights[held + Math.min(this.#columns, Math.max(0, column))]!;
  }

  #piece(fromColumn: number, fromRow: number): BatchPiece | undefined {
    const stride = this.#columns + 1;
    const triangles: number[] = [];
    let lowest = Number.POSITIVE_INFINITY;
    let highest = Number.NEGATIVE_INFINITY;
    for (let row = fromRow; row < Math.min(this.#rows, fromRow + PIECE); row++) {
      for (let column = fromColumn; column < Math.min(this.#columns, fromColumn + PIECE); column++) {
        const a = row * stride + column;
        const corners = [a, a + 1, a + stride + 1, a + stride];
        const heights = corners.map((corner) => this.#heights[corner]!);
        if (heights.some(Number.isNaN)) continue;
        lowest = Math.min(lowest, ...heights);
        highest = Math.max(highest, ...heights);
        triangles.push(a, a + 1, a + stride + 1, a, a + stride + 1, a + stride);
      }
    }
    if (triangles.length === 0) return undefined;
    const half = (PIECE * this.#cell) / 2;
    const x = this.#originX + fromColumn * this.#cell + half;
    const y = this.#originY + fromRow * this.#cell + half;
    const middle = new Vector3(x, y, (lowest + highest) / 2);
    return { middle, radius: Math.hypot(half, half, (highest - lowest) / 2), levels: [new Uint32Array(triangles)] };
  }
}

function orElse(value: number, other: number): number {
  return Number.isNaN(value) ? other : value;
}
