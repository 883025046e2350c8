import { cos, sin, wrapAngle } from '../maths/deterministic.ts';
import type { Track, TrackPoint } from '../track/track.ts';

/** A lane that other cars keep to. */
export interface Lane {
  /** 1 along the road, -1 against it. */
  readonly direction: 1 | -1;
  /** Lateral offset of its middle at arc length `s`, left positive [m]. */
  offset(s: number): number;
}

/** Room that the opposite lane must have beside ours, as a share of our lane's width. */
const ENOUGH = 0.8;
/** Distance between two places where the cross section is looked at [m]. */
const SPACING = 25;

export function drivingLane(track: Track): Lane {
  return { direction: 1, offset: (s) => track.laneCentre(s) };
}

/**
 * The lane of the traffic that comes towards us: the one that the road names, or ours, mirrored at the reference line. Null unless the road has that
 * room all along and the reference line is our lane's left border, as on roads with one lane each way.
 */
export function oncomingLane(track: Track): Lane | null {
  if (track.oncomingCentre) return { direction: -1, offset: (s) => track.oncomingCentre!(s) };
  for (let s = 0; s < track.length; s += SPACING) {
    const width = track.laneWidth(s);
    const border = track.laneCentre(s) + width / 2;
    if (Math.abs(border) > 0.15 * width || track.leftEdge(s) < ENOUGH * width) return null;
  }
  return { direction: -1, offset: (s) => -track.laneCentre(s) };
}

/** Where a body stands on the road. */
export interface Pose {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly yaw: number;
}

const point: TrackPoint = { x: 0, y: 0, z: 0, heading: 0, curvature: 0, grade: 0, bank: 0 };

/** The pose at arc length `s` and `offset` from the reference line [m], turned by `turn` from the road's direction [rad]. */
export function poseOnRoad(track: Track, s: number, offset: number, turn: number): Pose {
  const { x, y, z, heading, bank } = track.pointAt(s, point);
  return {
    x: x - sin(heading) * offset,
    y: y + cos(heading) * offset,
    z: z + sin(bank) * offset,
    yaw: wrapAngle(heading + turn),
  };
}

/** Distance along the road from `s` to `other` in a direction [m]: negative behind on open roads, never on closed ones. */
export function wayAhead(track: Track, direction: 1 | -1, s: number, other: number): number {
  const way = direction * (other - s);
  return track.closed ? way - track.length * Math.floor(way / track.length) : way;
}
