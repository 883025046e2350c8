import { atan } from '../maths/deterministic.ts';
import type { Track, TrackPoint } from '../track/track.ts';

/** A point of the path that a driver keeps to. */
export interface PathPoint {
  /** Lateral offset of the path from the reference line [m]. */
  offset: number;
  /** Direction of the path [rad]. */
  heading: number;
  /** Curvature of the path, left positive [1/m]. */
  curvature: number;
}

/** Distance over which the lateral course of the lane is differentiated [m]. */
const STEP = 2;

/** The middle of the driving lane as a path of its own, addressed by the reference line's arc length. */
export class LanePath {
  readonly track: Track;
  readonly #point: TrackPoint = { x: 0, y: 0, z: 0, heading: 0, curvature: 0, grade: 0, bank: 0 };

  constructor(track: Track) {
    this.track = track;
  }

  /**
   * Fills and returns `out`. Curvature of a curve at an offset o(s) from a line of curvature k: k/(1 - k·o) for a steady
   * offset, plus o'' where the offset changes slowly.
   */
  at(s: number, out: PathPoint): PathPoint {
    const { track } = this;
    const point = track.pointAt(s, this.#point);
    const before = track.laneCentre(s - STEP);
    const here = track.laneCentre(s);
    const after = track.laneCentre(s + STEP);
    const stretch = 1 - point.curvature * here;
    out.offset = here;
    out.heading = point.heading + atan((after - before) / (2 * STEP * stretch));
    out.curvature = (point.curvature + (before - 2 * here + after) / (STEP * STEP * stretch)) / stretch;
    return out;
  }
}
