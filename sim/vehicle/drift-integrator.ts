import { wrapAngle } from '../maths/deterministic.ts';
import type { VehicleParameters } from './parameters.ts';
import {
  type Blend,
  DRIFT_STATE_LENGTH,
  type DriftDetails,
  type DriftInput,
  driftDerivative,
} from './single-track-drift.ts';

/**
 * The published blend is so near to standstill that the slip equations need steps of less than a millisecond. Walking
 * pace is where a step of 5 ms is still stable, and tyres that slow hardly slip.
 */
const DRIVING_BLEND: Blend = { speed: 1.5, width: 0.4, relaxation: 10 };

/**
 * gamma of the W-method ROS2 (Verwer, Spee, Blom, Hundsdorfer, SIAM J. Sci. Comput. 20, 1999): second order whatever
 * rate it is told, and with this one of its two gammas a rate that is too high leaves no ringing.
 */
const GAMMA = 1 + Math.SQRT1_2;

/** Steps the drift model at rates that its wheels alone would not allow. Steps allocate nothing. */
export class DriftIntegrator {
  readonly vehicle: VehicleParameters;
  /** State in the order of `driftDerivative`. */
  readonly state = new Float64Array(DRIFT_STATE_LENGTH);
  /** What acts on the car; to be written before `look`. */
  readonly input: DriftInput = { steeringRate: 0, acceleration: 0, friction: 1, forceX: 0, forceY: 0, moment: 0 };
  /** What the model knew at its last look. */
  readonly details: DriftDetails = {
    frontLateral: 0,
    frontSlipAngle: 0,
    frontLoad: 0,
    weight: 0,
    frontWheelStiffness: 0,
    rearWheelStiffness: 0,
  };
  readonly #stage = new Float64Array(DRIFT_STATE_LENGTH);
  readonly #slope = new Float64Array(DRIFT_STATE_LENGTH);
  readonly #nextSlope = new Float64Array(DRIFT_STATE_LENGTH);

  constructor(vehicle: VehicleParameters) {
    this.vehicle = vehicle;
  }

  /** Evaluates the model where the car is: fills `details`, and the first slope of the step that follows. */
  look(): void {
    driftDerivative(this.vehicle, DRIVING_BLEND, this.state, this.input, this.#slope, this.details);
  }

  /**
   * Moves the car, second order in time. The wheels' spin is up to a hundred times quicker than a step; it is treated
   * implicitly, with the tyre's steepest slope as its rate.
   * @param dt [s]
   * @param angle road-wheel angle at the end of the step [rad]
   */
  advance(dt: number, angle: number): void {
    const { vehicle, details, input, state: motion } = this;
    const stage = this.#stage;
    const slope = this.#slope;
    // Rates of the spins by themselves and by the car's speed: slip only knows their ratio.
    const frontRate = GAMMA * dt * details.frontWheelStiffness;
    const rearRate = GAMMA * dt * details.rearWheelStiffness;
    const perSpeed = 1 / Math.max(motion[3]!, DRIVING_BLEND.speed / 2);
    const frontCoupling = -frontRate * motion[7]! * perSpeed;
    const rearCoupling = -rearRate * motion[8]! * perSpeed;
    slope[7] = (slope[7]! + frontCoupling * slope[3]!) / (1 - frontRate);
    slope[8] = (slope[8]! + rearCoupling * slope[3]!) / (1 - rearRate);
    for (let i = 0; i < DRIFT_STATE_LENGTH; i++) stage[i] = motion[i]! + dt * slope[i]!;
    stage[2] = angle;
    keepForward(stage);

    const next = this.#nextSlope;
    input.steeringRate = (angle - motion[2]!) / dt;
    driftDerivative(vehicle, DRIVING_BLEND, stage, input, next, details);
    const gained = next[3]! - 2 * slope[3]!;
    next[7] = (next[7]! - 2 * slope[7]! + frontCoupling * gained) / (1 - frontRate) + 2 * slope[7]!;
    next[8] = (next[8]! - 2 * slope[8]! + rearCoupling * gained) / (1 - rearRate) + 2 * slope[8]!;
    for (let i = 0; i < DRIFT_STATE_LENGTH; i++) motion[i] = motion[i]! + 0.5 * dt * (slope[i]! + next[i]!);
    motion[2] = angle;
    motion[4] = wrapAngle(motion[4]!);
    motion[6] = wrapAngle(motion[6]!);
    keepForward(motion);
  }
}

/** The car can't roll backwards, and a locked wheel stands still. */
function keepForward(motion: Float64Array): void {
  motion[3] = Math.max(0, motion[3]!);
  motion[7] = Math.max(0, motion[7]!);
  motion[8] = Math.max(0, motion[8]!);
}
