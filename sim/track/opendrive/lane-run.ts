import { hypot, wrapAngle } from '../../maths/deterministic.ts';
import { drivenLanes, goesOn, type LanePose, type Leg, lanePose } from './driven-lane.ts';
import type { Lane } from './lanes.ts';
import type { OpenDriveRoad } from './road.ts';

/** A stretch of a leg along lanes that go on in each other, so that it can be driven without changing the lane. */
export interface LaneRun {
  readonly leg: Leg;
  /** Along the road, in the direction of travel: where the leg goes against s, `from` is greater than `to` [m]. */
  readonly from: number;
  readonly to: number;
  /** Id of the lane by the number of the road's section, where the run is in it. */
  readonly lanes: ReadonlyMap<number, number>;
}

/** A place and what can be driven in there, outermost first. */
interface Station {
  /** [m] */
  readonly s: number;
  /** Number of the road's section. */
  readonly section: number;
  readonly poses: readonly LanePose[];
}

/** Distance between the places at which a road is looked at [m]. */
const SPACING = 2;
/** Radius of the tightest bend that a car drives round: cars turn in circles of some 10 m across [m]. */
const TIGHTEST = 4.5;
/** Headings nearer to each other than this say nothing of a bend [m]. */
const BEND_WAY = 0.5;
/** A little inside a section, where it is unambiguous [m]. */
const INSIDE = 1e-6;

/** Length [m]. */
export function lengthOf({ from, to }: LaneRun): number {
  return Math.abs(to - from);
}

/** The lane ids with which a run begins and ends. */
export function firstLane({ lanes }: LaneRun): number {
  return [...lanes.values()][0]!;
}

export function lastLane({ lanes }: LaneRun): number {
  return [...lanes.values()].at(-1)!;
}

/** Whether it begins, or ends, where its leg does. */
export function beginsLeg({ leg, from }: LaneRun): boolean {
  return Math.abs(from - (leg.forward ? 0 : leg.road.length)) < 2 * INSIDE;
}

export function endsLeg({ leg, to }: LaneRun): boolean {
  return Math.abs(to - (leg.forward ? leg.road.length : 0)) < 2 * INSIDE;
}

/** The lane's links in the direction of travel. */
export function linksAhead({ forward }: Leg, lane: Lane): readonly number[] {
  return forward ? lane.successors : lane.predecessors;
}

/** All runs of a leg, those of the outermost lanes first. */
export function runsOf(leg: Leg): LaneRun[] {
  const stations = stationsOf(leg);
  /** Lanes that some run has come into, by their station. */
  const entered = new Set<string>();
  const runs: LaneRun[] = [];
  stations.forEach((station, i) => {
    for (const pose of station.poses) {
      if (entered.has(`${i} ${pose.lane.lane.id}`)) continue;
      const run = follow(leg, stations, i, pose, entered);
      if (lengthOf(run) > INSIDE) runs.push(run);
    }
  });
  return runs;
}

function follow(leg: Leg, stations: readonly Station[], begin: number, first: LanePose, entered: Set<string>): LaneRun {
  const lanes = new Map<number, number>();
  let pose = first;
  let at = begin;
  for (;;) {
    const here = stations[at]!;
    entered.add(`${at} ${pose.lane.lane.id}`);
    lanes.set(here.section, pose.lane.lane.id);
    const next = stations[at + 1];
    const onward = next && nextPose(leg, pose, here, next);
    if (!onward) return { leg, from: stations[begin]!.s, to: here.s, lanes };
    pose = onward;
    at++;
  }
}

function nextPose(leg: Leg, pose: LanePose, here: Station, next: Station): LanePose | undefined {
  const { id } = pose.lane.lane;
  const onward =
    next.section === here.section
      ? next.poses.find(({ lane }) => lane.lane.id === id)
      : continuation(leg, pose, here.poses, next.poses);
  return onward && canTurn(pose, onward) ? onward : undefined;
}

/** Whether a car gets round the bend from one pose to the next; joints of sections, with no way between, do not bend. */
function canTurn(from: LanePose, to: LanePose): boolean {
  const way = hypot(to.x - from.x, to.y - from.y);
  return way < BEND_WAY || Math.abs(wrapAngle(to.heading - from.heading)) < way / TIGHTEST;
}

/**
 * The lane in which another goes on: the one that it is linked to, or where none of its lanes has a link the one that
 * lies nearest.
 * @param beside the lanes beside it, whose links tell whether the file has any
 */
export function continuation(
  leg: Leg,
  pose: LanePose,
  beside: readonly LanePose[],
  ahead: readonly LanePose[],
): LanePose | undefined {
  const linked = linksAhead(leg, pose.lane.lane);
  const fits = ahead.filter((candidate) => goesOn(pose, candidate));
  if (beside.some(({ lane }) => linksAhead(leg, lane.lane).length > 0)) {
    return fits.find(({ lane }) => linked.includes(lane.lane.id));
  }
  return nearestTo(pose, fits);
}

/** The one of some poses that lies nearest to another; undefined when there are none. */
export function nearestTo(pose: LanePose, among: readonly LanePose[]): LanePose | undefined {
  const distance = ({ x, y }: LanePose): number => hypot(x - pose.x, y - pose.y);
  return [...among].sort((a, b) => distance(a) - distance(b))[0];
}

/** Places along a leg in the direction of travel: both ends of each section, and between them. */
function stationsOf(leg: Leg): Station[] {
  const { road, forward } = leg;
  const stations = road.sections.flatMap((_, section) => {
    const [from, to] = endsOf(road, section);
    const count = Math.max(1, Math.ceil((to - from) / SPACING));
    return Array.from({ length: count + 1 }, (_, i) => {
      const s = from + (i * (to - from)) / count;
      return { s, section, poses: drivenLanes(leg, s).map((lane) => lanePose(leg, s, lane)) };
    });
  });
  return forward ? stations : stations.reverse();
}

/** Where a section begins and ends, a little inside [m]. */
function endsOf(road: OpenDriveRoad, section: number): [number, number] {
  const from = road.sections[section]!.start + INSIDE;
  const end = road.sections[section + 1]?.start ?? road.length;
  return [from, Math.max(from, end - INSIDE)];
}

/** What can be driven in at a run's two ends, beside it too. */
export function posesAt(leg: Leg, s: number): LanePose[] {
  return drivenLanes(leg, s).map((lane) => lanePose(leg, s, lane));
}
