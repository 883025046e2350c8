import { cos, hypot, sin, wrapAngle } from '../../maths/deterministic.ts';
import type { Lane } from './lanes.ts';
import { type LaneAt, lanesAt, type OpenDriveRoad } from './road.ts';

/** A road driven in one of its two directions. */
export interface Leg {
  readonly road: OpenDriveRoad;
  /** In the direction of growing s. */
  readonly forward: boolean;
}

/** Kinds of lanes that cars drive in along a road; the last two are names of versions before 1.4. */
const DRIVEN = new Set([
  'driving',
  'entry',
  'exit',
  'onRamp',
  'offRamp',
  'connectingRamp',
  'slipLane',
  'bidirectional',
  'mwyEntry',
  'mwyExit',
]);
/** A car does not fit into less [m]. */
const NARROWEST = 1.5;
/** The driven lane may jump sideways by this from road to road [m], and turn by this [rad]. */
const JOINT_GAP = 0.75;
const JOINT_TURN = 0.3;

/** The middle of a lane, in the direction of travel. */
export interface LanePose {
  readonly x: number;
  readonly y: number;
  /** [rad] */
  readonly heading: number;
  readonly lane: LaneAt;
}

/** Pose of the middle of a lane at a place of a leg. @param s along the road [m] */
export function lanePose({ road, forward }: Leg, s: number, lane: LaneAt): LanePose {
  const point = road.line.pointAt(s, { x: 0, y: 0, heading: 0, curvature: 0 });
  const t = (lane.inner + lane.outer) / 2;
  return {
    x: point.x - t * sin(point.heading),
    y: point.y + t * cos(point.heading),
    heading: wrapAngle(forward ? point.heading : point.heading + Math.PI),
    lane,
  };
}

/** Whether traffic in the lane goes the leg's way: on the right of the road along its s where traffic keeps right. */
export function isDriven({ road, forward }: Leg, { id, type, direction, forCars }: Lane): boolean {
  if (id === 0 || !forCars || !DRIVEN.has(type)) return false;
  if (direction === 'both' || type === 'bidirectional') return true;
  const alongS = id < 0 === (road.rule === 'RHT');
  return (alongS === forward) === (direction === 'standard');
}

/** Lanes in which cars can drive in the leg's direction, outermost first. @param s along the road [m] */
export function drivenLanes(leg: Leg, s: number): LaneAt[] {
  return lanesAt(leg.road, s)
    .filter(({ lane, inner, outer }) => isDriven(leg, lane) && Math.abs(outer - inner) > NARROWEST)
    .sort((a, b) => Math.abs(b.lane.id) - Math.abs(a.lane.id));
}

/** Whether a lane goes on in another one without a jump. */
export function goesOn(from: LanePose, to: LanePose): boolean {
  return hypot(to.x - from.x, to.y - from.y) < JOINT_GAP && Math.abs(wrapAngle(to.heading - from.heading)) < JOINT_TURN;
}
