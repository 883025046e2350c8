import type { Track, TrackPoint } from '../track/track.ts';
import { CALM_FOLLOWING, followingAcceleration } from './follow.ts';
import { type Lane, poseOnRoad, wayAhead } from './lane.ts';
import type { RoadUser, TrafficCar, TrafficKind } from './traffic-car.ts';

/** A car that moves along a lane. */
export interface LaneCar {
  readonly id: string;
  readonly kind: TrafficKind;
  /** Arc length of its middle [m]. */
  s: number;
  /** Along its lane, not negative [m/s]. */
  speed: number;
  readonly length: number;
  readonly width: number;
  readonly colourIndex: number;
  /** Share of the road's possible speed that it wants, at a time [s]. */
  pace(time: number): number;
}

/** A car ahead is seen this far [m]. */
const SIGHT = 200;
/** The speed that the road allows is looked up so much ahead [s]. */
const PREVIEW = 0.8;

/** The cars of one lane, each behind the next. */
export class LaneTraffic {
  readonly #track: Track;
  readonly #lane: Lane;
  readonly #cars: readonly LaneCar[];
  /** Speed that the road allows [m/s]. */
  readonly #speedAt: (s: number) => number;
  readonly #accelerations: Float64Array;
  readonly #point: TrackPoint = { x: 0, y: 0, z: 0, heading: 0, curvature: 0, grade: 0, bank: 0 };

  constructor(track: Track, lane: Lane, cars: readonly LaneCar[], speedAt: (s: number) => number) {
    this.#track = track;
    this.#lane = lane;
    this.#cars = cars;
    this.#speedAt = speedAt;
    this.#accelerations = new Float64Array(cars.length);
  }

  /**
   * Moves all cars.
   * @param time now [s]
   * @param ego our car when it is in this lane, so that nobody drives into it from behind
   */
  step(dt: number, time: number, ego: RoadUser | null): void {
    const { direction, offset } = this.#lane;
    this.#cars.forEach((car, i) => {
      this.#accelerations[i] = this.#accelerationOf(car, time, ego);
    });
    this.#cars.forEach((car, i) => {
      const before = car.speed;
      car.speed = Math.max(0, before + this.#accelerations[i]! * dt);
      const { curvature } = this.#track.pointAt(car.s, this.#point);
      // Beside a bent line the same way along it is longer or shorter.
      const stretch = 1 - curvature * offset(car.s);
      car.s = this.#onRoad(car.s + (direction * dt * (before + car.speed)) / (2 * stretch));
    });
  }

  /** The cars as they are drawn. Leading cars that have left an open road are not there any more. */
  present(): TrafficCar[] {
    const { direction, offset } = this.#lane;
    return this.#there().map(({ id, kind, s, length, width, colourIndex }) => {
      const pose = poseOnRoad(this.#track, s, offset(s), direction === 1 ? 0 : Math.PI);
      return { id, kind, ...pose, length, width, colourIndex };
    });
  }

  users(): RoadUser[] {
    const { direction, offset } = this.#lane;
    return this.#there().map(({ id, s, speed, length, width }) => {
      return { id, s, lateral: offset(s), speed: direction * speed, length, width };
    });
  }

  #there(): readonly LaneCar[] {
    return this.#track.closed ? this.#cars : this.#cars.filter((car) => car.s <= this.#track.length);
  }

  #accelerationOf(car: LaneCar, time: number, ego: RoadUser | null): number {
    const { direction } = this.#lane;
    const s = car.s + direction * car.speed * PREVIEW;
    const desired = car.pace(time) * Math.min(this.#speedAt(car.s), this.#speedAt(s));
    let gap = Infinity;
    let speedAhead = 0;
    const look = (other: { s: number; speed: number; length: number }): void => {
      const way = wayAhead(this.#track, direction, car.s, other.s);
      const free = way - (car.length + other.length) / 2;
      if (way < 0 || way > SIGHT || free >= gap) return;
      gap = free;
      speedAhead = other.speed;
    };
    for (const other of this.#cars) if (other !== car) look(other);
    if (ego !== null) look({ s: ego.s, speed: direction * ego.speed, length: ego.length });
    return followingAcceleration(CALM_FOLLOWING, car.speed, desired, gap, speedAhead);
  }

  #onRoad(s: number): number {
    const { closed, length } = this.#track;
    if (closed) return s - length * Math.floor(s / length);
    // Who comes towards us never runs out: behind the last one comes the next.
    return this.#lane.direction === -1 && s < 0 ? s + length : s;
  }
}
