import { cos, hypot, sin, wrapAngle } from '../../maths/deterministic.ts';
import { Refusal } from '../../refusal.ts';
import type { OpenDriveNetwork } from './network.ts';
import { type LaneAt, lanesAt, type OpenDriveRoad, type RoadLink } from './road.ts';

/** A road driven in one of its two directions. */
export interface Leg {
  readonly road: OpenDriveRoad;
  /** In the direction of growing s. */
  readonly forward: boolean;
}

export interface Route {
  readonly legs: readonly Leg[];
  /** The last leg leads into the first. */
  readonly closed: boolean;
  /** [m] */
  readonly length: number;
}

/** Kinds of lanes that cars drive in along a road. */
const DRIVEN = new Set([
  'driving',
  'entry',
  'exit',
  'onRamp',
  'offRamp',
  'connectingRamp',
  'slipLane',
  'bidirectional',
]);
/** The driven lane may jump sideways by this from road to road [m], and turn by this [rad]. */
const JOINT_GAP = 0.75;
const JOINT_TURN = 0.3;
/** Partial routes that are looked at; networks with more are cut off, with the best so far as the answer. */
const MOST_TRIED = 20_000;

/** The middle of a lane, in the direction of travel. */
export interface LanePose {
  readonly x: number;
  readonly y: number;
  /** [rad] */
  readonly heading: number;
  readonly lane: LaneAt;
}

/** Pose of the middle of a lane at a place of a leg. */
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

/** Lanes in which traffic drives in the leg's direction, outermost first; right-hand traffic. */
export function drivenLanes({ road, forward }: Leg, s: number): LaneAt[] {
  const lanes = lanesAt(road, s).filter(
    ({ lane, inner, outer }) =>
      (forward ? lane.id < 0 : lane.id > 0) && DRIVEN.has(lane.type) && Math.abs(outer - inner) > 1.5,
  );
  return forward ? lanes : lanes.reverse();
}

/** A little inside the road, where both ends of a lane section are unambiguous [m]. */
const INSIDE = 1e-6;

function startOf({ road, forward }: Leg): number {
  return forward ? INSIDE : road.length - INSIDE;
}

function endOf({ road, forward }: Leg): number {
  return forward ? road.length - INSIDE : INSIDE;
}

/** Whether some lane at the end of `from` goes on in some lane at the start of `to`. */
function joins(from: Leg, to: Leg): boolean {
  const starts = drivenLanes(to, startOf(to)).map((lane) => lanePose(to, startOf(to), lane));
  return drivenLanes(from, endOf(from)).some((lane) => {
    const end = lanePose(from, endOf(from), lane);
    return starts.some(
      (start) =>
        hypot(start.x - end.x, start.y - end.y) < JOINT_GAP &&
        Math.abs(wrapAngle(start.heading - end.heading)) < JOINT_TURN,
    );
  });
}

function linkedLegs(network: OpenDriveNetwork, { road, forward }: Leg): Leg[] {
  const link: RoadLink | undefined = forward ? road.successor : road.predecessor;
  if (!link) return [];
  if (link.kind === 'road') return [{ road: network.roads.get(link.id)!, forward: link.contact === 'start' }];
  return (network.junctions.get(link.id) ?? [])
    .filter(({ incomingRoad }) => incomingRoad === road.id)
    .map(({ connectingRoad, contact }) => ({ road: network.roads.get(connectingRoad)!, forward: contact === 'start' }));
}

/**
 * The longest way through a network on which no road comes twice and the driven lane goes on without a jump.
 * @param start id of the road to begin with; without it any that is not part of a junction
 * @throws Refusal `undrivable` when there is no lane to drive in, `unknown-road` for a start that is not there
 */
export function findRoute(network: OpenDriveNetwork, start?: string): Route {
  if (start !== undefined && !network.roads.has(start)) {
    const known = [...network.roads.keys()].slice(0, 20).join(', ');
    throw new Refusal('unknown-road', network.file, `there is no road ${start}`, `give one of ${known}`);
  }
  let best: Route | undefined;
  let tried = 0;
  const follow = (legs: readonly Leg[], length: number): void => {
    if (tried++ > MOST_TRIED) return;
    const last = legs[legs.length - 1]!;
    const next = linkedLegs(network, last).filter((leg) => joins(last, leg));
    const closed = next.some((leg) => leg.road === legs[0]!.road && leg.forward === legs[0]!.forward);
    // Of two equally long ways the one that can be driven in laps is better.
    if (!best || length > best.length + 1e-6 || (closed && !best.closed && length > best.length - 1e-6)) {
      best = { legs, closed, length };
    }
    for (const leg of next) {
      if (legs.some(({ road }) => road === leg.road)) continue;
      follow([...legs, leg], length + leg.road.length);
    }
  };
  for (const road of network.roads.values()) {
    if (start === undefined ? road.junction !== '-1' && network.roads.size > 1 : road.id !== start) continue;
    for (const forward of [true, false]) {
      const leg = { road, forward };
      if (isDrivable(leg)) follow([leg], road.length);
    }
  }
  if (best) return best;
  const what = start === undefined ? 'no road has a lane to drive in from end to end' : `road ${start} has none`;
  throw new Refusal('undrivable', network.file, what, 'give a file with lanes of type driving');
}

/** A leg has a lane to drive in at its start, in its middle and at its end. */
function isDrivable(leg: Leg): boolean {
  return [startOf(leg), leg.road.length / 2, endOf(leg)].every((s) => drivenLanes(leg, s).length > 0);
}
