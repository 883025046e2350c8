import { Refusal } from '../../refusal.ts';
import type { TrackStart } from '../track-name.ts';
import { goesOn, type LanePose, type Leg } from './driven-lane.ts';
import {
  beginsLeg,
  continuation,
  endsLeg,
  firstLane,
  type LaneRun,
  lastLane,
  lengthOf,
  nearestTo,
  posesAt,
  runsOf,
} from './lane-run.ts';
import type { OpenDriveNetwork } from './network.ts';
import { type RoadLink, sectionNumberAt } from './road.ts';

/** A way along lanes that go on in each other. */
export interface Route {
  readonly runs: readonly LaneRun[];
  /** The last run leads into the first. */
  readonly closed: boolean;
  /** [m] */
  readonly length: number;
}

/** Partial routes that are looked at, from all starts together and at least from each; the best so far is the answer. */
const MOST_TRIED = 200_000;
const TRIED_A_START = 500;
/** A longer chain of roads is not looked for. */
const MOST_ROADS = 2000;
/** A place may be named so far from where a lane begins or ends [m]. */
const ROUNDING = 0.1;
/** Shorter than this is no drive [m]. */
const SHORTEST = 5;

/** The runs of a network, and which leads into which; both are worked out when they are asked for. */
class RunGraph {
  readonly #network: OpenDriveNetwork;
  readonly #runs = new Map<string, readonly LaneRun[]>();
  readonly #next = new Map<LaneRun, readonly LaneRun[]>();

  constructor(network: OpenDriveNetwork) {
    this.#network = network;
  }

  runs(leg: Leg): readonly LaneRun[] {
    const key = `${leg.forward ? '+' : '-'}${leg.road.id}`;
    let runs = this.#runs.get(key);
    if (!runs) {
      runs = runsOf(leg);
      this.#runs.set(key, runs);
    }
    return runs;
  }

  /** The runs into which one leads without a change of lane. */
  next(run: LaneRun): readonly LaneRun[] {
    let next = this.#next.get(run);
    if (!next) {
      next = endsLeg(run) ? this.#behind(run) : [];
      this.#next.set(run, next);
    }
    return next;
  }

  #behind(run: LaneRun): LaneRun[] {
    const { leg, to } = run;
    const beside = posesAt(leg, to);
    const pose = beside.find(({ lane }) => lane.lane.id === lastLane(run));
    if (!pose) return [];
    const link: RoadLink | undefined = leg.forward ? leg.road.successor : leg.road.predecessor;
    if (link?.kind === 'road') {
      const road = this.#network.roads.get(link.id)!;
      const next = this.#startsOf({ road, forward: link.contact === 'start' });
      const onward = continuation(leg, pose, beside, [...next.keys()]);
      return onward ? [next.get(onward)!] : [];
    }
    if (!link) return [];
    return (this.#network.junctions.get(link.id) ?? [])
      .filter(({ incomingRoad }) => incomingRoad === leg.road.id)
      .flatMap(({ connectingRoad, contact, laneLinks }) => {
        const road = this.#network.roads.get(connectingRoad)!;
        const next = this.#startsOf({ road, forward: contact === 'start' });
        const linked = laneLinks.filter(({ from }) => from === pose.lane.lane.id).map(({ to }) => to);
        const ahead = [...next.keys()].filter((candidate) => goesOn(pose, candidate));
        const onward =
          laneLinks.length > 0
            ? ahead.filter(({ lane }) => linked.includes(lane.lane.id))
            : [nearestTo(pose, ahead)].filter((candidate) => candidate !== undefined);
        return onward.map((candidate) => next.get(candidate)!);
      });
  }

  /** The runs that begin at the start of a leg, by their poses there. */
  #startsOf(leg: Leg): Map<LanePose, LaneRun> {
    const starts = new Map<LanePose, LaneRun>();
    for (const run of this.runs(leg)) {
      if (!beginsLeg(run)) continue;
      const pose = posesAt(leg, run.from).find(({ lane }) => lane.lane.id === firstLane(run));
      if (pose) starts.set(pose, run);
    }
    return starts;
  }
}

/**
 * The longest way through a network that can be driven without a change of lane, on which no road comes twice.
 * @param start where it begins; without it on any road that is not part of a junction
 * @throws Refusal `undrivable` when there is no lane to drive in, `unknown-road` for a start that is not there
 */
export function findRoute(network: OpenDriveNetwork, start: TrackStart = {}): Route {
  const graph = new RunGraph(network);
  const starts = startsOf(network, graph, start);
  const budget = Math.max(TRIED_A_START, Math.floor(MOST_TRIED / Math.max(1, starts.length)));
  let best: Route | undefined;
  for (const first of starts) {
    const route = longestFrom(first, graph, budget);
    // Of two equally long ways the one that can be driven in laps is better.
    const better = !best || route.length > best.length + 1e-6;
    if (better || (route.closed && !best!.closed && route.length > best!.length - 1e-6)) best = route;
  }
  if (best && best.length >= SHORTEST) return best;
  const what = best
    ? `the longest way to drive is ${best.length.toFixed(1)} m long`
    : `${start.road === undefined ? 'no road' : `road ${start.road} nowhere`} has a lane to drive in`;
  throw new Refusal(
    'undrivable',
    network.file,
    what,
    `give a file with lanes of type driving that cars may use, of ${SHORTEST} m or more`,
  );
}

/** Where a route begins, as a track's name has it behind `#`. */
export function startOf({ runs }: Route): string {
  const first = runs[0]!;
  return `road=${first.leg.road.id},lane=${firstLane(first)},s=${first.from.toFixed(1)}`;
}

function longestFrom(first: LaneRun, graph: RunGraph, budget: number): Route {
  const runs = [first];
  const roads = new Set([first.leg.road]);
  let best: Route = { runs: [first], closed: false, length: 0 };
  let tried = 0;
  const follow = (length: number): void => {
    tried++;
    const next = graph.next(runs[runs.length - 1]!);
    const closed = next.includes(first) && beginsLeg(first);
    if (length > best.length + 1e-6 || (closed && !best.closed && length > best.length - 1e-6)) {
      best = { runs: [...runs], closed, length };
    }
    for (const run of next) {
      if (tried >= budget || runs.length >= MOST_ROADS) return;
      if (roads.has(run.leg.road)) continue;
      runs.push(run);
      roads.add(run.leg.road);
      follow(length + lengthOf(run));
      roads.delete(run.leg.road);
      runs.pop();
    }
  };
  follow(lengthOf(first));
  return best;
}

/** The runs with which a route may begin, cut to the place that was named. */
function startsOf(network: OpenDriveNetwork, graph: RunGraph, { road: id, lane, s }: TrackStart): readonly LaneRun[] {
  if (id !== undefined && !network.roads.has(id)) {
    const known = [...network.roads.keys()].slice(0, 20).join(', ');
    throw new Refusal('unknown-road', network.file, `there is no road ${id}`, `give one of ${known}`);
  }
  const roads = [...network.roads.values()].filter((road) =>
    id === undefined ? road.junction === '-1' || network.roads.size === 1 : road.id === id,
  );
  const runsIn = roads.flatMap((road) => [true, false].flatMap((forward) => graph.runs({ road, forward })));
  // Where all that is left of an excerpt are the ways through a junction, one may begin there.
  const runs = runsIn.length > 0 || id !== undefined ? runsIn : runsOfAll(network, graph);
  if (id === undefined) return runs;
  return startsAt(runs, network, id, lane, s);
}

function runsOfAll(network: OpenDriveNetwork, graph: RunGraph): LaneRun[] {
  return [...network.roads.values()].flatMap((road) =>
    [true, false].flatMap((forward) => graph.runs({ road, forward })),
  );
}

/** @throws Refusal `unknown-lane` when nobody can drive in that lane there */
function startsAt(
  runs: readonly LaneRun[],
  { file, roads }: OpenDriveNetwork,
  id: string,
  lane: number | undefined,
  s: number | undefined,
): LaneRun[] {
  const road = roads.get(id)!;
  const { length } = road;
  if (s !== undefined && s > length + ROUNDING) {
    throw new Refusal('unknown-lane', file, `road ${id} is ${length.toFixed(1)} m long`, `give s from 0 to that`);
  }
  const starts = runs.flatMap((run) => {
    const { from, to, lanes } = run;
    if (s === undefined) return lane === undefined || firstLane(run) === lane ? [run] : [];
    if (s < Math.min(from, to) - ROUNDING || s > Math.max(from, to) + ROUNDING) return [];
    const section = sectionNumberAt(road, s);
    if (lane !== undefined && lanes.get(section) !== lane) return [];
    return [cutAt(run, s, section)];
  });
  if (starts.length > 0) return starts;
  const known = [...new Set(runs.map((run) => firstLane(run)))].sort((a, b) => b - a).join(', ');
  const where = `${lane === undefined ? 'no lane' : `no lane ${lane}`} to drive in`;
  const what = `road ${id} has ${where}${s === undefined ? '' : ` at s = ${s}`}`;
  throw new Refusal('unknown-lane', file, what, known === '' ? 'give another road' : `give one of its lanes: ${known}`);
}

/** The part of a run behind a place. */
function cutAt(run: LaneRun, s: number, section: number): LaneRun {
  const { forward } = run.leg;
  const from = Math.min(Math.max(run.from, run.to), Math.max(Math.min(run.from, run.to), s));
  const lanes = new Map([...run.lanes].filter(([number]) => (forward ? number >= section : number <= section)));
  return { ...run, from, lanes };
}
