import { BufferAttribute, BufferGeometry } from 'three/webgpu';
import type { Ground } from './ground.ts';
import { smoothStep } from './noise.ts';

/** How far from the road there is land [m]. */
const LAND = 340;
/** Cells on a side of a piece, the unit of culling. */
const PIECE = 12;
/** Below the road's ribbon the land sinks, so that it does not poke through [m]. */
const SINK = 0.9;
const MOST_CELLS = 60_000;

/** The land around the road as a grid of pieces; cells far from the road are left out. */
export function buildTerrain(ground: Ground): BufferGeometry[] {
  const { line } = ground;
  const width = line.maxX - line.minX + 2 * LAND;
  const depth = line.maxY - line.minY + 2 * LAND;
  const cell = Math.max(9, Math.sqrt((width * depth) / MOST_CELLS));
  const columns = Math.ceil(width / cell);
  const rows = Math.ceil(depth / cell);
  const heights = new Float32Array((columns + 1) * (rows + 1)).fill(Number.NaN);
  const originX = line.minX - LAND;
  const originY = line.minY - LAND;
  for (let row = 0; row <= rows; row++) {
    for (let column = 0; column <= columns; column++) {
      const x = originX + column * cell;
      const y = originY + row * cell;
      const nearest = line.nearest(x, y, LAND);
      if (nearest < 0) continue;
      const sample = line.samples[nearest]!;
      const distance = Math.hypot(x - sample.x, y - sample.y);
      const half = Math.max(sample.left, -sample.right) + line.track.shoulderWidth;
      const sink = SINK * (1 - smoothStep(half + 6, half + 11, distance));
      heights[row * (columns + 1) + column] = ground.height(x, y) - sink;
    }
  }
  const pieces: BufferGeometry[] = [];
  for (let row = 0; row < rows; row += PIECE) {
    for (let column = 0; column < columns; column += PIECE) {
      const piece = buildPiece(heights, columns, rows, column, row, originX, originY, cell);
      if (piece) pieces.push(piece);
    }
  }
  return pieces;
}

function buildPiece(
  heights: Float32Array,
  columns: number,
  rows: number,
  fromColumn: number,
  fromRow: number,
  originX: number,
  originY: number,
  cell: number,
): BufferGeometry | undefined {
  const stride = columns + 1;
  const side = PIECE + 1;
  const positions = new Float32Array(side * side * 3);
  const normals = new Int8Array(side * side * 4);
  const at = (column: number, row: number) =>
    heights[Math.min(rows, Math.max(0, row)) * stride + Math.min(columns, Math.max(0, column))]!;
  for (let j = 0; j < side; j++) {
    for (let i = 0; i < side; i++) {
      const vertex = j * side + i;
      const column = Math.min(columns, fromColumn + i);
      const row = Math.min(rows, fromRow + j);
      const height = at(column, row);
      positions.set([originX + column * cell, originY + row * cell, Number.isNaN(height) ? 0 : height], vertex * 3);
      const slopeX = (orElse(at(column + 1, row), height) - orElse(at(column - 1, row), height)) / (2 * cell);
      const slopeY = (orElse(at(column, row + 1), height) - orElse(at(column, row - 1), height)) / (2 * cell);
      const length = Math.hypot(slopeX, slopeY, 1);
      normals.set(
        [-slopeX / length, -slopeY / length, 1 / length, 0].map((n) => Math.round((n || 0) * 127)),
        vertex * 4,
      );
    }
  }
  const indices: number[] = [];
  for (let j = 0; j < PIECE && fromRow + j < rows; j++) {
    for (let i = 0; i < PIECE && fromColumn + i < columns; i++) {
      const corners = [
        at(fromColumn + i, fromRow + j),
        at(fromColumn + i + 1, fromRow + j),
        at(fromColumn + i, fromRow + j + 1),
        at(fromColumn + i + 1, fromRow + j + 1),
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

function orElse(value: number, other: number): number {
  return Number.isNaN(value) ? other : value;
}
