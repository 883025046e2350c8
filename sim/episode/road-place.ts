import { cos, sin, wrapAngle } from '../maths/deterministic.ts';
import type { Track, TrackPoint, TrackPosition } from '../track/track.ts';
import { type Car, steadySteeringWheelAngle } from '../vehicle/car.ts';

/** Where the car is on its road, and how far it has come. */
export class RoadPlace {
  readonly #track: Track;
  readonly #point: TrackPoint = { x: 0, y: 0, z: 0, heading: 0, curvature: 0, grade: 0, bank: 0 };
  readonly #position: TrackPosition = { s: 0, lateral: 0 };
  #progress = 0;

  constructor(track: Track) {
    this.#track = track;
  }

  /** Arc length on the track [m]. */
  get s(): number {
    return this.#position.s;
  }

  /** Offset from the reference line, left positive [m]. */
  get lateral(): number {
    return this.#position.lateral;
  }

  /** Distance from the middle of the driving lane, left positive [m]. */
  get lateralError(): number {
    return this.#position.lateral - this.#track.laneCentre(this.#position.s);
  }

  /** Distance covered along the road, which interventions neither add to nor take from [m]. */
  get progress(): number {
    return this.#progress;
  }

  /** The reference line here; the object is used again. */
  point(): TrackPoint {
    return this.#track.pointAt(this.#position.s, this.#point);
  }

  /** Follows the car to where it has driven. */
  follow({ state }: Car): void {
    const { closed, length } = this.#track;
    const before = this.#position.s;
    this.#track.project(state.x, state.y, before, this.#position);
    let moved = this.#position.s - before;
    if (closed) {
      if (moved > length / 2) moved -= length;
      else if (moved < -length / 2) moved += length;
    }
    this.#progress += moved;
  }

  /** Puts the car into the middle of the lane, rolling at a speed [m/s] in the bend that the lane makes there. */
  put(car: Car, s: number, speed: number): void {
    const point = this.#track.pointAt(s, this.#point);
    const offset = this.#track.laneCentre(s);
    const curvature = point.curvature / (1 - point.curvature * offset);
    car.reset({
      x: point.x - sin(point.heading) * offset,
      y: point.y + cos(point.heading) * offset,
      yaw: wrapAngle(point.heading),
      speed,
      roadWheelAngle: steadySteeringWheelAngle(car.parameters, speed, curvature) / car.parameters.steeringRatio,
    });
    this.#position.s = s;
    this.#position.lateral = offset;
  }
}
