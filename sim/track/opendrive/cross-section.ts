import { sin } from '../../maths/deterministic.ts';
import type { CrossSectionSample } from '../sampled-road.ts';
import { drivenLanes, lanePose } from './driven-lane.ts';
import type { LaneRun } from './lane-run.ts';
import { type PaintedLine, paintedLines } from './markings.ts';
import { type LaneAt, lanesAt, type OpenDriveRoad, sectionNumberAt } from './road.ts';
import { limitAt } from './speed.ts';

/** Lanes that belong to the pavement, besides those that are driven in. */
const PAVED =
  /^(driving|entry|exit|on[rR]amp|off[rR]amp|connectingRamp|slipLane|bidirectional|stop|parking|biking|shoulder|special\d)$/;
/** A lane of another kind than these that is wider than this is land, whatever it is called [m]. */
const WIDEST_PAVED = 6;
/** Paint farther outside the pavement than this belongs to something else [m]. */
const PAINT_BEYOND = 0.3;

export interface RouteSample extends CrossSectionSample {
  /** Lines by their place: 0 is the driven lane's right border, 1 its left one, 2 the next to the left, and so on. */
  readonly lines: ReadonlyMap<number, PaintedLine>;
  /** [m/s]; undefined where none is stated. */
  readonly speedLimit: number | undefined;
  readonly inJunction: boolean;
  /** Middle of the nearest lane of those who come towards us, left positive [m]; NaN without one. */
  readonly oncomingCentre: number;
}

/** The cross-section of a road around the lane that a run drives in. @param s along the road [m] */
export function crossSectionAt({ leg, lanes: driven }: LaneRun, s: number): RouteSample {
  const { road, forward } = leg;
  const lanes = lanesAt(road, s);
  const lane = lanes.find((at) => at.lane.id === driven.get(sectionNumberAt(road, s)))!;
  const middle = (lane.inner + lane.outer) / 2;
  const sign = forward ? 1 : -1;
  const [low, high] = pavedBetween(lanes, lane);
  const edges = [sign * (low - middle), sign * (high - middle)];
  const [rightEdge, leftEdge] = [Math.min(...edges), Math.max(...edges)];
  const lines = paintedLines(road, s, lanes, lane, sign);
  for (const [place, { offset }] of lines) {
    if (offset < rightEdge - PAINT_BEYOND || offset > leftEdge + PAINT_BEYOND) lines.delete(place);
  }
  const { x, y } = lanePose(leg, s, lane);
  const roll = road.superelevation.valueAt(s);
  const oncoming = drivenLanes({ road, forward: !forward }, s)
    .filter((other) => other.lane.id !== lane.lane.id)
    .map(({ inner, outer }) => sign * ((inner + outer) / 2 - middle))
    .sort((a, b) => Math.abs(a) - Math.abs(b));
  return {
    x,
    y,
    // Lanes turn about the reference line.
    z: road.elevation.valueAt(s) + middle * sin(roll),
    bank: sign * roll,
    laneCentre: 0,
    laneWidth: Math.abs(lane.outer - lane.inner),
    leftEdge,
    rightEdge,
    lines,
    speedLimit: speedLimitAt(road, s, lane),
    inJunction: road.junction !== '-1',
    oncomingCentre: oncoming[0] ?? Number.NaN,
  };
}

/** The lane's own limit, or the road's. */
function speedLimitAt(road: OpenDriveRoad, s: number, { lane }: LaneAt): number | undefined {
  const { start } = road.sections[sectionNumberAt(road, s)]!;
  return limitAt(lane.speeds, s - start) ?? limitAt(road.speeds, s);
}

/** Offsets of the pavement's two sides from the reference line, around a lane. */
function pavedBetween(lanes: readonly LaneAt[], around: LaneAt): [number, number] {
  const at = lanes.findIndex(({ lane }) => lane === around.lane);
  const isPaved = ({ lane, inner, outer }: LaneAt): boolean =>
    lane.id === 0 || (PAVED.test(lane.type) && Math.abs(outer - inner) < WIDEST_PAVED);
  let [from, to] = [at, at];
  while (from > 0 && isPaved(lanes[from - 1]!)) from--;
  while (to < lanes.length - 1 && isPaved(lanes[to + 1]!)) to++;
  const offsets = lanes.slice(from, to + 1).flatMap(({ inner, outer }) => [inner, outer]);
  return [Math.min(...offsets), Math.max(...offsets)];
}
