import { BufferAttribute, BufferGeometry, type Material, Vector3 } from 'three/webgpu';
import type { Marking, Track } from '../track/track.ts';
import { Batch, type BatchPiece } from './batch.ts';
import type { Dryness } from './dryness.ts';
import type { Ground } from './ground.ts';
import type { RoadSample } from './road-line.ts';

/** How far the verge reaches beyond the shoulder [m]. */
const VERGE = [1.2, 3, 6, 11];
/** The ribbon must not fold over itself on the inner side of a bend: share of the radius that it may use. */
const RADIUS_SHARE = 0.85;
/** Cross-sections of a piece. */
const PIECE = 16;
/** Shoulders, edges and verges of both sides. */
const COLUMNS = 4 + 2 * VERGE.length;
/** Lines of paint that the road's shader can draw. */
export const MAX_MARKINGS = 12;
/** Ways of wear that it can tell apart. */
export const MAX_WEARS = 8;

/**
 * The different visibilities of a road's markings, without repetition; vertices carry the value of each. WebGPU grants
 * eight vertex buffers: three for the markings, two for these.
 */
export function wearsOf(track: Track): NonNullable<Marking['visibility']>[] {
  const all = track.markings.slice(0, MAX_MARKINGS).flatMap(({ visibility }) => visibility ?? []);
  return [...new Set(all)].slice(0, MAX_WEARS);
}

/** Names of the attributes that hold the distances from the markings, and how much is left of the paint. */
export const MARKS = ['marksA', 'marksB', 'marksC'] as const;
export const WEARS = ['wearA', 'wearB'] as const;

/** Road, shoulders and verges as one mesh. */
export function buildRoadRibbon(ground: Ground, dryness: Dryness, material: Material): Batch {
  const { samples } = ground.line;
  const geometry = buildVertices(samples, ground, dryness);
  const pieces: BatchPiece[] = [];
  for (let from = 0; from < samples.length - 1; from += PIECE) {
    const to = Math.min(samples.length - 1, from + PIECE);
    const middle = samples[(from + to) >> 1]!;
    const curved = samples.slice(from, to).some(({ curvature }) => Math.abs(curvature) > 0.012);
    pieces.push({
      middle: new Vector3(middle.x, middle.y, middle.z),
      radius: Math.hypot(
        ((to - from) * ground.line.step) / 2 + 2,
        VERGE.at(-1)! + Math.max(middle.left, -middle.right) + 2,
      ),
      levels: [
        grid(rows(from, to, curved ? 1 : 2), allColumns()),
        grid(rows(from, to, curved ? 2 : 4), fewColumns()),
        grid(rows(from, to, curved ? 4 : 8), fewColumns()),
      ],
    });
  }
  return new Batch(geometry, pieces, material, 1);
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

function buildVertices(samples: readonly RoadSample[], ground: Ground, dryness: Dryness): BufferGeometry {
  const { track } = ground.line;
  const shoulder = track.shoulderWidth;
  const markings = track.markings.slice(0, MAX_MARKINGS);
  const count = samples.length * COLUMNS;
  const positions = new Float32Array(count * 3);
  const normals = new Int8Array(count * 4);
  // Lateral offset, distances from the left and right paved edge (inwards positive), arc length.
  const road = new Float32Array(count * 4);
  const slots = Math.ceil(markings.length / 4);
  const marks = Array.from({ length: Math.max(1, slots) }, () => new Float32Array(count * 4));
  const visibilities = wearsOf(track);
  const wear = Array.from({ length: Math.ceil(visibilities.length / 4) }, () => new Uint8Array(count * 4));
  let vertex = 0;
  for (const sample of samples) {
    const offsets = markings.map((marking) => marking.offset(sample.s));
    const fresh = visibilities.map((visibility) => visibility(sample.s));
    for (const lateral of columnsOf(sample, shoulder)) {
      const x = sample.x + sample.leftX * lateral;
      const y = sample.y + sample.leftY * lateral;
      const paved = lateral <= sample.left + shoulder && lateral >= sample.right - shoulder;
      positions[vertex * 3] = x;
      positions[vertex * 3 + 1] = y;
      positions[vertex * 3 + 2] = paved ? sample.z + lateral * sample.crossSlope : ground.height(x, y);
      road.set([lateral, sample.left - lateral, lateral - sample.right, sample.s], vertex * 4);
      for (const [k, offset] of offsets.entries()) marks[k >> 2]![vertex * 4 + (k % 4)] = lateral - offset;
      for (const [k, share] of fresh.entries()) wear[k >> 2]![vertex * 4 + (k % 4)] = Math.round(share * 255);
      vertex += 1;
    }
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(positions, 3));
  geometry.setIndex(new BufferAttribute(grid(rows(0, samples.length - 1, 1), allColumns()), 1));
  geometry.computeVertexNormals();
  const smooth = geometry.getAttribute('normal');
  for (let i = 0; i < count; i++) {
    normals[i * 4] = Math.round(smooth.getX(i) * 127);
    normals[i * 4 + 1] = Math.round(smooth.getY(i) * 127);
    normals[i * 4 + 2] = Math.round(smooth.getZ(i) * 127);
    normals[i * 4 + 3] = Math.round(dryness(positions[i * 3]!, positions[i * 3 + 1]!) * 127);
  }
  geometry.setAttribute('normal', new BufferAttribute(normals, 4, true));
  geometry.setAttribute('road', new BufferAttribute(road, 4));
  for (const [k, values] of marks.entries()) geometry.setAttribute(MARKS[k]!, new BufferAttribute(values, 4));
  for (const [k, values] of wear.entries()) geometry.setAttribute(WEARS[k]!, new BufferAttribute(values, 4, true));
  return geometry;
}

function allColumns(): number[] {
  return Array.from({ length: COLUMNS }, (_, column) => column);
}

/** Of each verge only the ends. */
function fewColumns(): number[] {
  return allColumns().filter((column) => {
    const fromSide = Math.min(column, COLUMNS - 1 - column);
    return fromSide === 0 || fromSide >= VERGE.length - 1;
  });
}

/** Every so many rows, and always the last. */
function rows(from: number, to: number, every: number): number[] {
  const chosen: number[] = [];
  for (let row = from; row < to; row += every) chosen.push(row);
  return [...chosen, to];
}

/** Triangles between these rows and columns of the grid, whose columns run from right to left. */
function grid(rows: readonly number[], columns: readonly number[]): Uint32Array {
  const indices: number[] = [];
  for (let i = 0; i + 1 < rows.length; i++) {
    for (let j = 0; j + 1 < columns.length; j++) {
      const a = rows[i]! * COLUMNS + columns[j]!;
      const b = rows[i + 1]! * COLUMNS + columns[j]!;
      const c = rows[i + 1]! * COLUMNS + columns[j + 1]!;
      const d = rows[i]! * COLUMNS + columns[j + 1]!;
      indices.push(a, b, c, a, c, d);
    }
  }
  return new Uint32Array(indices);
}
