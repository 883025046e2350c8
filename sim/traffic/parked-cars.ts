import { log } from '../maths/deterministic.ts';
import type { RandomStream } from '../random/stream.ts';
import type { Track } from '../track/track.ts';
import { type Pose, poseOnRoad } from './lane.ts';
import { BODY, CAR_COLOURS, type RoadUser, type TrafficCar } from './traffic-car.ts';

/** A car that stands, in both coordinates. */
export interface StandingCar extends TrafficCar, RoadUser {}

/** Distance between the side of a parked car and the pavement's edge [m]. */
const BESIDE = [0.1, 0.5] as const;
/** Room between a parked car and our lane [m]. */
const CLEARANCE = 0.4;
/** Nobody parks nearer than this to something that stands there [m]. */
const ROOM = 4;
/** The start is left free [m]. */
const FREE_START = 40;

/** Parks cars at random beside a road, on both sides, where there is room. */
export function parkCars(track: Track, perKilometre: number, stream: RandomStream): StandingCar[] {
  const cars: StandingCar[] = [];
  if (perKilometre === 0) return cars;
  const near = track.drivingSide === 'left' ? 1 : -1;
  const gap = () => (-1000 / perKilometre) * log(1 - stream.uniform());
  for (let s = FREE_START + gap(); s < track.length - ROOM; s += BODY.length[1] + gap()) {
    const length = stream.uniform(...BODY.length);
    const width = stream.uniform(...BODY.width);
    const side = stream.uniform() < 0.7 ? near : near === 1 ? -1 : 1;
    const beside = stream.uniform(...BESIDE);
    const colourIndex = stream.integer(0, CAR_COLOURS - 1);
    const lateral = lateralOf(track, s, side, width, beside);
    const pose = poseOnRoad(track, s, lateral, side === near ? 0 : Math.PI);
    if (!hasRoom(track, s, lateral, pose)) continue;
    const id = `parked-${cars.length}`;
    cars.push({ id, kind: 'parked', ...pose, length, width, colourIndex, s, lateral, speed: 0 });
  }
  return cars;
}

function lateralOf(track: Track, s: number, side: 1 | -1, width: number, beside: number): number {
  const lane = track.laneCentre(s) + side * (track.laneWidth(s) / 2 + CLEARANCE + width / 2);
  const edge = (side === 1 ? track.leftEdge(s) : track.rightEdge(s)) + side * (beside + width / 2);
  return side === 1 ? Math.max(lane, edge) : Math.min(lane, edge);
}

function hasRoom(track: Track, s: number, lateral: number, { x, y }: Pose): boolean {
  const near = (item: { x: number; y: number }): boolean => {
    const dx = item.x - x;
    const dy = item.y - y;
    return dx * dx + dy * dy < ROOM * ROOM;
  };
  if (track.scenery.some(near)) return false;
  // Beside a hairpin the other leg of the road may be nearer than this one.
  if (Math.abs(track.project(x, y).lateral - lateral) > 0.5) return false;
  if (track.parkedCars?.some((car) => Math.abs(car.s - s) < 2 * ROOM && car.lateral * lateral > 0)) return false;
  return !track.barriers?.some(
    ({ from, to, offset }) => s > from - ROOM && s < to + ROOM && Math.abs(offset(s) - lateral) < ROOM / 2,
  );
}

/** The cars that the road itself brings along, as things that can be hit; the road's scene draws them. */
export function carsOfRoad(track: Track): StandingCar[] {
  return (track.parkedCars ?? []).map(({ s, lateral, turn, variant }, i) => ({
    id: `road-${i}`,
    kind: 'parked',
    ...poseOnRoad(track, s, lateral, turn),
    length: BODY.length[0],
    width: BODY.width[0],
    colourIndex: Math.floor(variant * CAR_COLOURS),
    s,
    lateral,
    speed: 0,
  }));
}
