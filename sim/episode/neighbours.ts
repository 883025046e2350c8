import { roadFriction } from '../conditions/grip.ts';
import { cos, sin } from '../maths/deterministic.ts';
import type { Track } from '../track/track.ts';
import type { Box } from '../traffic/collision.ts';
import { poseOnRoad } from '../traffic/lane.ts';
import { Traffic } from '../traffic/traffic.ts';
import type { RoadUser, TrafficCar } from '../traffic/traffic-car.ts';
import type { Car } from '../vehicle/car.ts';
import type { RoadPlace } from './road-place.ts';
import { CONTROL_PERIOD, type EpisodeSpec } from './spec.ts';

/** Distance between bumpers to the car ahead or behind where ours is put back: standing [m], and per speed [s]. */
const ROOM = 5;
const ROOM_TIME = 1;
/** A place is looked for this far back, in steps [m]. */
const SEARCH = 300;
const SEARCH_STEP = 1;

/** Where the car is put back. */
export interface FreePlace {
  readonly s: number;
  /** [m/s] */
  readonly speed: number;
}

/** Our car among the others. */
export class Neighbours {
  readonly traffic: Traffic;
  readonly #track: Track;
  readonly #car: Car;
  readonly #place: RoadPlace;

  constructor(car: Car, place: RoadPlace, track: Track, { traffic, seed, conditions }: EpisodeSpec) {
    this.traffic = new Traffic(track, traffic, seed, roadFriction(conditions));
    this.#track = track;
    this.#car = car;
    this.#place = place;
  }

  /** Moves the others. @param time at the start of the control period [s] */
  step(time: number): void {
    this.traffic.step(CONTROL_PERIOD, time, this.#asRoadUser());
  }

  present(): TrafficCar[] {
    return this.traffic.present();
  }

  users(): RoadUser[] {
    return this.traffic.users();
  }

  /** Id of the car that ours touches, or null. */
  touched(): string | null {
    const { x, y, yaw } = this.#car.state;
    return this.traffic.touching(this.#box(x, y, yaw));
  }

  /** The nearest place, from `s` backwards, where the car has room in its lane; and a speed that suits the car ahead. */
  freePlace(s: number, speed: number): FreePlace {
    for (let back = 0; back <= SEARCH; back += SEARCH_STEP) {
      const candidate = this.#behind(s, back);
      if (candidate === null) break;
      const ahead = this.traffic.nearestInLane(candidate, 1);
      const slowed = ahead === null || ahead.way > SEARCH ? speed : Math.min(speed, speedBehind(ahead.way, ahead.user));
      if (this.#hasRoom(candidate, slowed)) return { s: candidate, speed: slowed };
    }
    return { s, speed };
  }

  #behind(s: number, back: number): number | null {
    const { closed, length } = this.#track;
    const place = s - back;
    if (!closed) return place >= 0 ? place : null;
    return place - length * Math.floor(place / length);
  }

  #hasRoom(s: number, speed: number): boolean {
    const ahead = this.traffic.nearestInLane(s, 1);
    const behind = this.traffic.nearestInLane(s, -1);
    const own = this.#car.parameters.length;
    if (ahead !== null && ahead.way - (own + ahead.user.length) / 2 < ROOM + ROOM_TIME * speed) return false;
    if (behind !== null && behind.way - (own + behind.user.length) / 2 < ROOM) return false;
    const { x, y, yaw } = poseOnRoad(this.#track, s, this.#track.laneCentre(s), 0);
    return this.traffic.touching(this.#box(x, y, yaw)) === null;
  }

  /** The car's body; the state is that of the centre of gravity, and the body's middle is that of the wheelbase. */
  #box(x: number, y: number, yaw: number): Box {
    const { frontAxleDistance, rearAxleDistance, length, width } = this.#car.parameters;
    const ahead = (frontAxleDistance - rearAxleDistance) / 2;
    return { x: x + ahead * cos(yaw), y: y + ahead * sin(yaw), yaw, length, width };
  }

  #asRoadUser(): RoadUser {
    const { parameters, state } = this.#car;
    const { s, lateral } = this.#place;
    return { id: 'ego', s, lateral, speed: state.speed, length: parameters.length, width: parameters.width };
  }
}

/** Who is put back behind a car within a few lengths must not be quicker than it. */
function speedBehind(way: number, { speed }: RoadUser): number {
  return Math.max(speed, (way - 30) / 2);
}
