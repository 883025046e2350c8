import type { Track, TrackPoint } from '../track/track.ts';

/** A cross-section of the road. */
export interface RoadSample {
  readonly s: number;
  readonly x: number;
  readonly y: number;
  readonly z: number;
  /** Unit vector to the left, horizontal. */
  readonly leftX: number;
  readonly leftY: number;
  readonly curvature: number;
  /** dz per metre to the left [1]. */
  readonly crossSlope: number;
  /** Lateral offsets of the paved edges, left positive [m]. */
  readonly left: number;
  readonly right: number;
}

/** Side of a cell of the search grid [m]. */
const CELL = 24;

/** The road as a row of cross-sections that can be searched by place. */
export class RoadLine {
  readonly samples: readonly RoadSample[];
  readonly step: number;
  readonly track: Track;
  readonly minX: number;
  readonly maxX: number;
  readonly minY: number;
  readonly maxY: number;
  readonly #cells = new Map<number, number[]>();

  constructor(track: Track, step = 2) {
    this.track = track;
    const count = Math.max(2, Math.ceil(track.length / step));
    this.step = track.length / count;
    const samples: RoadSample[] = [];
    const point: TrackPoint = { x: 0, y: 0, z: 0, heading: 0, curvature: 0, grade: 0, bank: 0 };
    // A closed road ends with the cross-section it began with.
    for (let i = 0; i <= count; i++) {
      const s = i * this.step;
      const at = track.closed && i === count ? 0 : s;
      track.pointAt(at, point);
      samples.push({
        s,
        x: point.x,
        y: point.y,
        z: point.z,
        leftX: -Math.sin(point.heading),
        leftY: Math.cos(point.heading),
        curvature: point.curvature,
        crossSlope: Math.tan(point.bank),
        left: track.leftEdge(at),
        right: track.rightEdge(at),
      });
    }
    this.samples = samples;
    this.minX = Math.min(...samples.map((sample) => sample.x));
    this.maxX = Math.max(...samples.map((sample) => sample.x));
    this.minY = Math.min(...samples.map((sample) => sample.y));
    this.maxY = Math.max(...samples.map((sample) => sample.y));
    samples.forEach((sample, index) => {
      const key = cellKey(Math.floor(sample.x / CELL), Math.floor(sample.y / CELL));
      const cell = this.#cells.get(key);
      if (cell) cell.push(index);
      else this.#cells.set(key, [index]);
    });
  }

  /**
   * Index of the cross-section nearest to a place.
   * @param within how far to look [m]
   * @returns -1 when there is none that near
   */
  nearest(x: number, y: number, within: number): number {
    const column = Math.floor(x / CELL);
    const row = Math.floor(y / CELL);
    let best = -1;
    let bestSquare = within * within;
    const rings = Math.ceil(within / CELL);
    for (let ring = 0; ring <= rings; ring++) {
      // Nothing in this ring can be nearer than its inner side.
      if (best >= 0 && bestSquare <= ((ring - 1) * CELL) ** 2) break;
      for (let i = -ring; i <= ring; i++) {
        for (let j = -ring; j <= ring; j += Math.abs(i) === ring || ring === 0 ? 1 : 2 * ring) {
          for (const index of this.#cells.get(cellKey(column + i, row + j)) ?? []) {
            const sample = this.samples[index]!;
            const square = (sample.x - x) ** 2 + (sample.y - y) ** 2;
            if (square < bestSquare) {
              bestSquare = square;
              best = index;
            }
          }
        }
      }
    }
    return best;
  }
}

function cellKey(column: number, row: number): number {
  return column * 65_536 + row;
}
