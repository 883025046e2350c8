import { LanePath } from '../planning/lane-path.ts';
import { onSlipperyRoad } from '../planning/slippery.ts';
import { SpeedPlan, type SpeedStyle } from '../planning/speed-plan.ts';
import { createStream, type RandomStream } from '../random/stream.ts';
import type { Track } from '../track/track.ts';
import { GRAVITY } from '../vehicle/limits.ts';
import { type Box, overlap } from './collision.ts';
import { drivingLane, oncomingLane, wayAhead } from './lane.ts';
import { type LaneCar, LaneTraffic } from './lane-traffic.ts';
import { Mood } from './mood.ts';
import { carsOfRoad, parkCars, type StandingCar } from './parked-cars.ts';
import { BODY, CAR_COLOURS, type RoadUser, type TrafficCar, type TrafficKind } from './traffic-car.ts';
import type { TrafficSpec } from './traffic-spec.ts';

/** How others drive; a little calmer than the expert, so that it comes up with them. */
const STYLE: SpeedStyle = { lateralAcceleration: 2.2, braking: 1.5, acceleration: 1.2, limitFactor: 0.95 };
/** Distance from our start to the first leading car, and between two of them [m]. */
const LEAD = [25, 45] as const;
/** Nobody comes towards us within this distance at the start [m]. */
const FREE_START = 80;
const ONCOMING_PACE = [0.7, 0.95] as const;

/** All other cars of an episode. Without a spec there are only those that the road itself brings along. */
export class Traffic {
  /** How many numbers `writeState` writes. */
  readonly stateLength: number;
  readonly #track: Track;
  readonly #moving: readonly LaneCar[];
  readonly #leading: LaneTraffic;
  readonly #oncoming: LaneTraffic | null;
  readonly #parked: readonly StandingCar[];
  readonly #ofRoad: readonly StandingCar[];

  /**
   * @param seed of the episode; our car starts at arc length 0
   * @param friction of the road, 1 is dry asphalt
   */
  constructor(track: Track, spec: TrafficSpec | undefined, seed: number, friction = 1) {
    this.#track = track;
    const stream = createStream(seed, 'traffic');
    const lane = oncomingLane(track);
    const leading = leadingCars(spec?.leading ?? 0, stream.fork('leading'));
    const oncoming = lane === null ? [] : oncomingCars(track, spec?.oncoming ?? 0, stream.fork('oncoming'));
    this.#moving = [...leading, ...oncoming];
    const style = onSlipperyRoad(STYLE, friction * GRAVITY);
    const plan = this.#moving.length > 0 ? new SpeedPlan(new LanePath(track), style) : null;
    const speedAt = (s: number) => plan!.at(s);
    this.#leading = new LaneTraffic(track, drivingLane(track), leading, speedAt);
    this.#oncoming = lane && new LaneTraffic(track, lane, oncoming, speedAt);
    this.#parked = parkCars(track, spec?.parked ?? 0, stream.fork('parked'));
    this.#ofRoad = carsOfRoad(track);
    this.stateLength = 2 * this.#moving.length;
  }

  /** Moves all of them. @param time now [s] @param ego our car */
  step(dt: number, time: number, ego: RoadUser): void {
    if (this.#moving.length === 0) return;
    const inLane = Math.abs(ego.lateral - this.#track.laneCentre(ego.s)) < this.#track.laneWidth(ego.s) / 2;
    this.#leading.step(dt, time, inLane ? ego : null);
    this.#oncoming?.step(dt, time, null);
  }

  /** The cars as they are drawn now; those of the road itself are not among them. */
  present(): TrafficCar[] {
    return [...this.#leading.present(), ...(this.#oncoming?.present() ?? []), ...this.#parked];
  }

  /** Everybody in road coordinates. */
  users(): RoadUser[] {
    return [...this.#leading.users(), ...(this.#oncoming?.users() ?? []), ...this.#parked, ...this.#ofRoad];
  }

  /** Id of a car that `box` touches, or null. */
  touching(box: Box): string | null {
    const touches = (car: TrafficCar) => overlap(box, car);
    const moving = this.#moving.length === 0 ? [] : [...this.#leading.present(), ...(this.#oncoming?.present() ?? [])];
    return (moving.find(touches) ?? this.#parked.find(touches) ?? this.#ofRoad.find(touches))?.id ?? null;
  }

  /** The nearest car ahead of or behind `s` in the driving lane: distance of the middles [m], or null. */
  nearestInLane(s: number, direction: 1 | -1): { readonly user: RoadUser; readonly way: number } | null {
    let nearest: { user: RoadUser; way: number } | null = null;
    for (const user of this.#leading.users()) {
      const way = wayAhead(this.#track, direction, s, user.s);
      if (way >= 0 && (nearest === null || way < nearest.way)) nearest = { user, way };
    }
    return nearest;
  }

  /** Writes all that the future depends on, for hashing; returns the offset behind the last number. */
  writeState(target: Float64Array, offset: number): number {
    let end = offset;
    for (const { s, speed } of this.#moving) {
      target[end++] = s;
      target[end++] = speed;
    }
    return end;
  }
}

function leadingCars(count: number, stream: RandomStream): LaneCar[] {
  let s = 0;
  return Array.from({ length: count }, (_, i) => {
    const own = stream.fork(String(i));
    s += own.uniform(...LEAD);
    const mood = new Mood(own.fork('mood'));
    return createCar('leading', i, s, 0, own, (time) => mood.paceAt(time));
  });
}

function oncomingCars(track: Track, perKilometre: number, stream: RandomStream): LaneCar[] {
  const count = Math.round((perKilometre * track.length) / 1000);
  const room = Math.max(0, track.length - 2 * FREE_START) / Math.max(1, count);
  return Array.from({ length: count }, (_, i) => {
    const own = stream.fork(String(i));
    const s = FREE_START + (i + own.uniform(0.1, 0.9)) * room;
    const pace = own.uniform(...ONCOMING_PACE);
    return createCar('oncoming', i, s, pace * 0.5 * track.speedLimit(s), own, () => pace);
  });
}

function createCar(
  kind: TrafficKind,
  index: number,
  s: number,
  speed: number,
  stream: RandomStream,
  pace: (time: number) => number,
): LaneCar {
  return {
    id: `${kind}-${index}`,
    kind,
    s,
    speed,
    length: stream.uniform(...BODY.length),
    width: stream.uniform(...BODY.width),
    colourIndex: stream.integer(0, CAR_COLOURS - 1),
    pace,
  };
}
