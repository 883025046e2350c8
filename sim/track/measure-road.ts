import type { Track } from './track.ts';

const SPACING = 0.5;

/** Figures that tell roads apart. */
export interface RoadMeasures {
  /** Of the reference line [m]. */
  readonly length: number;
  /** Of the reference line's sharpest bend [m]; Infinity without any. */
  readonly minimumRadius: number;
  /** Sum of all that goes uphill [m]. */
  readonly climb: number;
}

/** Measures a track at points half a metre apart. */
export function measureRoad(track: Track): RoadMeasures {
  const count = Math.max(1, Math.round(track.length / SPACING));
  const point = track.pointAt(0);
  let height = point.z;
  let climb = 0;
  let curvature = 0;
  for (let i = 0; i <= count; i++) {
    track.pointAt((i * track.length) / count, point);
    climb += Math.max(0, point.z - height);
    height = point.z;
    curvature = Math.max(curvature, Math.abs(point.curvature));
  }
  return { length: track.length, minimumRadius: 1 / curvature, climb };
}
