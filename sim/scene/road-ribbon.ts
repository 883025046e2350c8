import { BufferAttribute, BufferGeometry } from 'three/webgpu';
import type { Dryness } from './dryness.ts';
import type { Ground } from './ground.ts';
import type { RoadSample } from './road-line.ts';

/** How far the verge reaches beyond the shoulder [m]. */
const VERGE = [1.2, 3, 6, 11];
/** The ribbon must not fold over itself on the inner side of a bend: share of the radius that it may use. */
const RADIUS_SHARE = 0.85;
/** Length of a piece, the unit of culling [m]. */
const PIECE = 64;
/** Lines of paint that the road's shader can draw. */
export const MAX_MARKINGS = 8;

/** A piece of road for near and for far; both share their vertices. */
export interface RoadPiece {
  readonly fine: BufferGeometry;
  readonly coarse: BufferGeometry;
}

/** Road, shoulders and verges as one mesh in pieces. */
export function buildRoadRibbon(ground: Ground, dryness: Dryness): RoadPiece[] {
  const { line } = ground;
  const { samples, track } = line;
  const perPiece = Math.max(1, Math.round(PIECE / line.step));
  const pieces: RoadPiece[] = [];
  for (let from = 0; from < samples.length - 1; from += perPiece) {
    const rows = samples.slice(from, Math.min(samples.length, from + perPiece + 1));
    // Straight and level road needs fewer rows.
    const kept = rows.filter((row, i) => i % 2 === 0 || i === rows.length - 1 || Math.abs(row.curvature) > 0.012);
    pieces.push(buildPiece(kept, ground, track.shoulderWidth, dryness));
  }
  return pieces;
}

/** Lateral offsets of the columns of a cross-section from right to left [m]. */
function columnsOf(sample: RoadSample, shoulder: number): number[] {
  const beyond = (width: number, side: 1 | -1) => {
    const edge = side > 0 ? sample.left + shoulder : -sample.right + shoulder;
    const inner = sample.curvature * side > 1e-4;
    const limit = inner ? RADIUS_SHARE / Math.abs(sample.curvature) : Number.POSITIVE_INFINITY;
    return side * Math.max(edge, Math.min(edge + width, limit));
  };
  return [
    ...[...VERGE].reverse().map((width) => beyond(width, -1)),
    sample.right - shoulder,
    sample.right,
    sample.left,
    sample.left + shoulder,
    ...VERGE.map((width) => beyond(width, 1)),
  ];
}

function buildPiece(rows: readonly RoadSample[], ground: Ground, shoulder: number, dryness: Dryness): RoadPiece {
  const markings = ground.line.track.markings.slice(0, MAX_MARKINGS);
  const columns = columnsOf(rows[0]!, shoulder).length;
  const count = rows.length * columns;
  const positions = new Float32Array(count * 3);
  const normals = new Int8Array(count * 4);
  // Lateral offset, distances from the left and right paved edge (inwards positive), arc length.
  const road = new Float32Array(count * 4);
  const marks = [new Float32Array(count * 4), new Float32Array(count * 4)] as const;
  let vertex = 0;
  for (const sample of rows) {
    const offsets = markings.map((marking) => marking.offset(sample.s));
    for (const lateral of columnsOf(sample, shoulder)) {
      const x = sample.x + sample.leftX * lateral;
      const y = sample.y + sample.leftY * lateral;
      const paved = lateral <= sample.left + shoulder && lateral >= sample.right - shoulder;
      positions[vertex * 3] = x;
      positions[vertex * 3 + 1] = y;
      positions[vertex * 3 + 2] = paved ? sample.z + lateral * sample.crossSlope : ground.height(x, y);
      road.set([lateral, sample.left - lateral, lateral - sample.right, sample.s], vertex * 4);
      offsets.forEach((offset, k) => {
        marks[k < 4 ? 0 : 1][vertex * 4 + (k % 4)] = lateral - offset;
      });
      vertex += 1;
    }
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(positions, 3));
  geometry.setIndex(gridIndex(everyNth(rows.length, 1), everyNth(columns, 1), columns));
  geometry.computeVertexNormals();
  const smooth = geometry.getAttribute('normal');
  for (let i = 0; i < count; i++) {
    const dry = dryness(positions[i * 3]!, positions[i * 3 + 1]!);
    const normal = [smooth.getX(i), smooth.getY(i), smooth.getZ(i), dry];
    normals.set(
      normal.map((n) => Math.round(n * 127)),
      i * 4,
    );
  }
  geometry.setAttribute('normal', new BufferAttribute(normals, 4, true));
  geometry.setAttribute('road', new BufferAttribute(road, 4));
  geometry.setAttribute('marksA', new BufferAttribute(marks[0], 4));
  if (markings.length > 4) geometry.setAttribute('marksB', new BufferAttribute(marks[1], 4));
  geometry.computeBoundingSphere();
  const coarse = new BufferGeometry();
  for (const [name, attribute] of Object.entries(geometry.attributes)) coarse.setAttribute(name, attribute);
  // Every second row; of the verge only its ends.
  const kept = everyNth(columns, 1).filter((column) => {
    const fromSide = Math.min(column, columns - 1 - column);
    return fromSide === 0 || fromSide >= VERGE.length - 1;
  });
  coarse.setIndex(gridIndex(everyNth(rows.length, 2), kept, columns));
  coarse.boundingSphere = geometry.boundingSphere;
  return { fine: geometry, coarse };
}

/** 0, n, 2n, … and always the last. */
function everyNth(count: number, n: number): number[] {
  return Array.from({ length: count }, (_, i) => i).filter((i) => i % n === 0 || i === count - 1);
}

/** Triangles between these rows and columns of a grid whose columns run from right to left. */
function gridIndex(rows: readonly number[], columns: readonly number[], stride: number): BufferAttribute {
  const indices: number[] = [];
  for (let i = 0; i + 1 < rows.length; i++) {
    for (let j = 0; j + 1 < columns.length; j++) {
      const a = rows[i]! * stride + columns[j]!;
      const b = rows[i + 1]! * stride + columns[j]!;
      const c = rows[i + 1]! * stride + columns[j + 1]!;
      const d = rows[i]! * stride + columns[j + 1]!;
      indices.push(a, b, c, a, c, d);
    }
  }
  return new BufferAttribute(new Uint16Array(indices), 1);
}
