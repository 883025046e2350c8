import { cos, hypot, sin } from '../../maths/deterministic.ts';
import { Refusal } from '../../refusal.ts';
import { type CrossSectionSample, type MarkingSamples, roadThrough } from '../sampled-road.ts';
import type { Track } from '../track.ts';
import type { RoadMark } from './lanes.ts';
import { type OpenDriveNetwork, readOpenDrive } from './network.ts';
import { type LaneAt, lanesAt, type OpenDriveRoad, sectionAt } from './road.ts';
import { drivenLanes, findRoute, type LanePose, type Leg, lanePose } from './route.ts';

/** Distance between the cross-sections that are taken of a route [m]. */
const SPACING = 2;
/** At a joint two cross-sections may fall together; one of two nearer than this is left out [m]. */
const LEAST_SPACING = 0.8;
/** Lanes that belong to the pavement, besides those that are driven in. */
const PAVED =
  /^(driving|entry|exit|on[rR]amp|off[rR]amp|connectingRamp|slipLane|bidirectional|stop|parking|biking|shoulder|special\d)$/;
/** A lane of another kind than these that is wider than this is land, whatever it is called [m]. */
const WIDEST_PAVED = 6;
/** Where no limit is stated: 80 km/h [m/s]. */
const SPEED_LIMIT = 80 / 3.6;
/** Paint farther outside the pavement than this belongs to something else [m]. */
const PAINT_BEYOND = 0.3;
/** Border lines on each side of the driven lane that are carried along. */
const LINES = 3;

/** A painted line beside the driven lane. */
interface PaintedLine {
  readonly offset: number;
  readonly mark: RoadMark;
}

interface RouteSample extends CrossSectionSample {
  /** Lines by their place: 0 is the driven lane's right border, 1 its left one, 2 the next to the left, and so on. */
  readonly lines: ReadonlyMap<number, PaintedLine>;
}

/**
 * A track from an OpenDRIVE file: the longest route through its roads and junctions. Its reference line is the middle of
 * the driven lane, the outermost one of the right side.
 * @param file its name, for messages and as the track's id
 * @param start id of the road to begin with
 * @throws Refusal `bad-opendrive`, `undrivable` or `unknown-road`
 */
export function openDriveTrack(text: string, file: string, start?: string): Track {
  return trackOf(readOpenDrive(text, file), start);
}

/** The same for a file that has been read. */
export function trackOf(network: OpenDriveNetwork, start?: string): Track {
  const { legs, closed } = findRoute(network, start);
  const places = placesAlong(legs, network.file);
  const poses = steadyLanes(places, network.file);
  const samples: RouteSample[] = [];
  places.forEach(({ leg, s }, i) => {
    const before = samples[samples.length - 1];
    const pose = poses[i]!;
    if (before && hypot(pose.x - before.x, pose.y - before.y) < LEAST_SPACING) return;
    samples.push(crossSectionAt(leg, s, pose));
  });
  const [first, last] = [samples[0]!, samples[samples.length - 1]!];
  if (closed && hypot(first.x - last.x, first.y - last.y) < LEAST_SPACING) samples.pop();
  const limits = legs.map(({ road }) => road.speedLimit ?? SPEED_LIMIT);
  return roadThrough(samples, {
    id: network.file,
    name: network.file.replace(/^.*[/\\]/, '').replace(/\.xodr$/i, ''),
    family: 'file',
    closed,
    shoulderWidth: 1,
    speedLimit: Math.min(...limits),
    markings: markingsOf(samples),
  });
}

/** A place on a route and the lanes that can be driven in there, outermost first. */
interface Place {
  readonly leg: Leg;
  readonly s: number;
  readonly poses: readonly LanePose[];
}

function placesAlong(legs: readonly Leg[], file: string): Place[] {
  return legs.flatMap((leg) => {
    const count = Math.max(2, Math.round(leg.road.length / SPACING));
    return Array.from({ length: count + 1 }, (_, i) => {
      const along = Math.min(leg.road.length - 1e-6, Math.max(1e-6, (i * leg.road.length) / count));
      const s = leg.forward ? along : leg.road.length - along;
      const poses = drivenLanes(leg, s).map((lane) => lanePose(leg, s, lane));
      if (poses.length > 0) return { leg, s, poses };
      const where = `${file}: road ${leg.road.id}`;
      throw new Refusal(
        'undrivable',
        where,
        `there is no lane to drive in at s = ${s.toFixed(1)}`,
        'start with another road',
      );
    });
  });
}

/** Cost of a metre's jump sideways, squared, against that of driving one lane farther inside. */
const JUMP_COST = 1000;
/** Widest sideways jump from one place to the next that can be driven [m]. */
const WIDEST_JUMP = 1;

/** A lane at each place so that there are as few and small jumps as possible: lanes that end are left alone early. */
function steadyLanes(places: readonly Place[], file: string): LanePose[] {
  let costs = places[0]!.poses.map((_, rank) => rank);
  const origins: number[][] = [];
  for (let i = 1; i < places.length; i++) {
    const before = places[i - 1]!.poses;
    const origin: number[] = [];
    costs = places[i]!.poses.map((pose, rank) => {
      let cheapest = Infinity;
      before.forEach((from, k) => {
        const jump = sideways(pose, from);
        const cost = costs[k]! + JUMP_COST * jump * jump;
        if (cost < cheapest) {
          cheapest = cost;
          origin[rank] = k;
        }
      });
      return cheapest + rank;
    });
    origins.push(origin);
  }
  let rank = costs.indexOf(Math.min(...costs));
  const chosen: LanePose[] = [];
  for (let i = places.length - 1; i >= 0; i--) {
    const { poses, leg, s } = places[i]!;
    const pose = poses[rank]!;
    const after = chosen[chosen.length - 1];
    if (after && sideways(after, pose) > WIDEST_JUMP) {
      const where = `${file}: road ${leg.road.id}`;
      throw new Refusal('undrivable', where, `the driven lane ends at s = ${s.toFixed(1)}`, 'start with another road');
    }
    chosen.push(pose);
    rank = origins[i - 1]?.[rank] ?? 0;
  }
  return chosen.reverse();
}

/** Distance across the direction of travel. */
function sideways(pose: LanePose, from: LanePose): number {
  return Math.abs((pose.y - from.y) * cos(from.heading) - (pose.x - from.x) * sin(from.heading));
}

function crossSectionAt({ road, forward }: Leg, s: number, pose: LanePose): RouteSample {
  const { lane } = pose;
  const lanes = lanesAt(road, Math.min(road.length - 1e-6, Math.max(1e-6, s)));
  const middle = (lane.inner + lane.outer) / 2;
  const sign = forward ? 1 : -1;
  const [low, high] = pavedBetween(lanes, lane);
  const edges = [sign * (low - middle), sign * (high - middle)];
  const [rightEdge, leftEdge] = [Math.min(...edges), Math.max(...edges)];
  const lines = paintedLines(road, s, lanes, lane, middle, sign);
  for (const [place, { offset }] of lines) {
    if (offset < rightEdge - PAINT_BEYOND || offset > leftEdge + PAINT_BEYOND) lines.delete(place);
  }
  return {
    x: pose.x,
    y: pose.y,
    z: road.elevation.valueAt(s),
    bank: sign * road.superelevation.valueAt(s),
    laneCentre: 0,
    laneWidth: Math.abs(lane.outer - lane.inner),
    leftEdge,
    rightEdge,
    lines,
  };
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

function paintedLines(
  road: OpenDriveRoad,
  s: number,
  lanes: readonly LaneAt[],
  driven: LaneAt,
  middle: number,
  sign: number,
): Map<number, PaintedLine> {
  const u = s - sectionAt(road, s).start;
  const lines = new Map<number, PaintedLine>();
  // The borders of all lanes from right to left as the leg is driven; those of the driven lane are number 0 and 1.
  const borders = lanes.map((at) => ({ at, offset: sign * (at.outer - middle) })).sort((a, b) => a.offset - b.offset);
  const own = borders.findIndex(({ at }) => at.lane === driven.lane);
  borders.forEach(({ at, offset }, i) => {
    const place = i - own;
    if (place < -LINES || place > LINES + 1) return;
    const mark = at.lane.marks.filter(({ start }) => start <= u + 1e-9).at(-1);
    if (mark && mark.type !== 'none') lines.set(place, { offset, mark });
  });
  return lines;
}

/** One marking for each place and look that occurs on the route. */
function markingsOf(samples: readonly RouteSample[]): MarkingSamples[] {
  const found = new Map<string, { place: number; line: PaintedLine }>();
  const lookOf = (place: number, { mark }: PaintedLine): string => `${place} ${styleOf(mark)} ${mark.colour}`;
  for (const { lines } of samples) {
    for (const [place, line] of lines) {
      const look = lookOf(place, line);
      if (!found.has(look)) found.set(look, { place, line });
    }
  }
  return [...found.entries()].map(([look, { place, line }]) => ({
    style: styleOf(line.mark),
    colour: line.mark.colour === 'yellow' ? 'yellow' : 'white',
    width: Math.min(0.5, Math.max(0.08, line.mark.width)),
    offsets: samples.map(({ lines }) => {
      const there = lines.get(place);
      return there && lookOf(place, there) === look ? there.offset : Number.NaN;
    }),
  }));
}

function styleOf({ type }: RoadMark): MarkingSamples['style'] {
  if (type === 'solid solid') return 'double-solid';
  return type.startsWith('broken') || type === 'botts dots' ? 'dashed' : 'solid';
}
