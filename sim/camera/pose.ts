import { type Matrix4, Vector3 } from 'three/webgpu';
import type { Track, TrackPoint, TrackPosition } from '../track/track.ts';
import type { CameraMount } from './mount.ts';

/** Where the car stands: the part of the vehicle state that a camera needs. */
export interface CarPlace {
  readonly x: number;
  readonly y: number;
  readonly yaw: number;
}

/**
 * Follows the car over the road surface. The car's body lies in the tangent plane of the road below its centre of
 * gravity: it pitches with the grade and rolls with the bank.
 */
export class PoseFinder {
  readonly #track: Track;
  readonly #point: TrackPoint = { x: 0, y: 0, z: 0, heading: 0, curvature: 0, grade: 0, bank: 0 };
  readonly #position: TrackPosition = { s: 0, lateral: 0 };
  readonly #forward = new Vector3();
  readonly #left = new Vector3();
  readonly #up = new Vector3();
  readonly #ahead = new Vector3();
  readonly #side = new Vector3();
  readonly #place = new Vector3();
  #hint: number | undefined;
  #last: { x: number; y: number } | undefined;

  constructor(track: Track) {
    this.#track = track;
  }

  /** Arc length of the last place that was asked for [m]. */
  get s(): number {
    return this.#position.s;
  }

  /**
   * Writes the camera's pose in the world into `out`: three's cameras look along their -z axis with y up and x right.
   */
  cameraMatrix(car: CarPlace, mount: CameraMount, out: Matrix4): Matrix4 {
    this.#frameOfCar(car);
    const { yaw, pitch } = mount;
    const cosPitch = Math.cos(pitch);
    this.#ahead
      .copy(this.#forward)
      .multiplyScalar(Math.cos(yaw) * cosPitch)
      .addScaledVector(this.#left, Math.sin(yaw) * cosPitch)
      .addScaledVector(this.#up, Math.sin(pitch));
    this.#place
      .addScaledVector(this.#forward, mount.x)
      .addScaledVector(this.#left, mount.y)
      .addScaledVector(this.#up, mount.z);
    const back = this.#ahead.negate();
    this.#side.crossVectors(this.#up, back).normalize();
    const up = this.#left.crossVectors(back, this.#side);
    return out.makeBasis(this.#side, up, back).setPosition(this.#place);
  }

  /** Sets ground position, forward, left and up of the car. */
  #frameOfCar(car: CarPlace): void {
    // A jump of more than the search window makes the hint worthless.
    const near = this.#last && Math.hypot(car.x - this.#last.x, car.y - this.#last.y) < 5;
    const { s, lateral } = this.#track.project(car.x, car.y, near ? this.#hint : undefined, this.#position);
    this.#hint = s;
    this.#last = { x: car.x, y: car.y };
    const { z, heading, grade, bank } = this.#track.pointAt(s, this.#point);
    const slope = Math.tan(bank);
    this.#place.set(car.x, car.y, z + lateral * slope);
    // Tangents of the road surface along and across give its normal.
    const c = Math.cos(heading);
    const sn = Math.sin(heading);
    this.#ahead.set(c, sn, grade);
    this.#side.set(-sn, c, slope);
    this.#up.crossVectors(this.#ahead, this.#side).normalize();
    this.#forward.set(Math.cos(car.yaw), Math.sin(car.yaw), 0);
    this.#forward.addScaledVector(this.#up, -this.#forward.dot(this.#up)).normalize();
    this.#left.crossVectors(this.#up, this.#forward);
  }
}
