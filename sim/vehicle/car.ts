import type { Actuation } from '../command.ts';
import { cos, sin, wrapAngle } from '../maths/deterministic.ts';
import { aligningTorque, type ColumnState, servoTorque, stepColumn } from './column.ts';
import type { VehicleParameters } from './parameters.ts';
import {
  type Blend,
  DRIFT_STATE_LENGTH,
  type DriftDetails,
  type DriftInput,
  driftDerivative,
} from './single-track-drift.ts';
import { DRIVE_LAG, driveDemand } from './speed-control.ts';
import { createVehicleState, type VehicleState } from './state.ts';
import { holdingTorque, steadyCurvature, steadySlipAngle } from './steady-cornering.ts';
import { type Surroundings, writeBodyForces } from './surroundings.ts';

export { holdingTorque, steadyCurvature, steadySteeringWheelAngle } from './steady-cornering.ts';
export type { Surroundings } from './surroundings.ts';

/** What moves the car during a step. */
export interface CarDemand {
  /** Which of the next two moves the steering. */
  readonly actuation: Actuation;
  /** Steering-wheel angle [rad]. */
  readonly steeringAngle: number;
  /** Torque of the hands on the steering wheel [N·m]. */
  readonly torque: number;
  /** Blends the two instead: 0 is the angle's servo alone, 1 the torque alone. */
  readonly torqueShare?: number;
  /** Speed to hold [m/s], not negative. */
  readonly speed: number;
}

/** Where a car starts. */
export interface CarPose {
  readonly x: number;
  readonly y: number;
  readonly yaw: number;
  readonly speed: number;
  /** The car starts in the steady bend of this angle [rad]. */
  readonly roadWheelAngle?: number;
}

/**
 * The published blend is so near to standstill that the slip equations need steps of less than a millisecond. Walking
 * pace is where a step of 5 ms is still stable, and tyres that slow hardly slip.
 */
const DRIVING_BLEND: Blend = { speed: 1.5, width: 0.4, relaxation: 10 };

/** A car that is slower and is asked to be slower stands [m/s]. */
const PARKED_SPEED = 0.02;

/**
 * gamma of the W-method ROS2 (Verwer, Spee, Blom, Hundsdorfer, SIAM J. Sci. Comput. 20, 1999): second order whatever
 * rate it is told, and with this one of its two gammas a rate that is too high leaves no ringing.
 */
const GAMMA = 1 + Math.SQRT1_2;

/**
 * A car: the single-track drift model behind a steering column, with a speed controller for engine and brakes. Steps
 * allocate nothing.
 */
export class Car {
  readonly parameters: VehicleParameters;
  /** The car now. Written by `reset` and `step`; the object stays the same. */
  readonly state: VehicleState = createVehicleState();
  /** How many numbers `writeState` writes. */
  readonly stateLength = DRIFT_STATE_LENGTH + 3;
  readonly #motion = new Float64Array(DRIFT_STATE_LENGTH);
  readonly #stage = new Float64Array(DRIFT_STATE_LENGTH);
  readonly #slope = new Float64Array(DRIFT_STATE_LENGTH);
  readonly #nextSlope = new Float64Array(DRIFT_STATE_LENGTH);
  readonly #column: ColumnState = { angle: 0, rate: 0 };
  readonly #input: DriftInput = { steeringRate: 0, acceleration: 0, friction: 1, forceX: 0, forceY: 0, moment: 0 };
  readonly #details: DriftDetails = {
    frontLateral: 0,
    frontSlipAngle: 0,
    frontLoad: 0,
    weight: 0,
    frontWheelStiffness: 0,
    rearWheelStiffness: 0,
  };
  /** What engine and brakes give now [m/s²]. */
  #drive = 0;
  /** Aligning torque at the steering wheel in the last step [N·m]. */
  #aligning = 0;

  constructor(parameters: VehicleParameters) {
    this.parameters = parameters;
  }

  /** Puts the car somewhere, rolling in a steady bend, hands and engine at rest. */
  reset(pose: CarPose): void {
    const { parameters } = this;
    const wheel = (pose.roadWheelAngle ?? 0) * parameters.steeringRatio;
    const bound = parameters.maxSteeringWheelAngle;
    this.#column.angle = Math.min(bound, Math.max(-bound, wheel));
    this.#column.rate = 0;
    this.#drive = 0;
    const curvature = steadyCurvature(parameters, pose.speed, this.#column.angle);
    const slipAngle = steadySlipAngle(parameters, pose.speed, curvature);
    const motion = this.#motion;
    motion[0] = pose.x;
    motion[1] = pose.y;
    motion[2] = this.#column.angle / parameters.steeringRatio;
    motion[3] = pose.speed;
    motion[4] = wrapAngle(pose.yaw);
    motion[5] = pose.speed * curvature;
    motion[6] = slipAngle;
    motion[7] = (pose.speed * cos(slipAngle)) / parameters.wheelRadius;
    motion[8] = motion[7];
    this.#aligning = -holdingTorque(parameters, pose.speed, this.#column.angle);
    this.#publish(0, 0, 0);
  }

  /**
   * Moves the car.
   * @param dt [s]; made for 1/200, stable up to about 1/100
   */
  step(dt: number, demand: CarDemand, surroundings: Surroundings): void {
    const { parameters } = this;
    const motion = this.#motion;
    const input = this.#input;
    const speed = motion[3]!;
    const slipAngle = motion[6]!;
    if (speed < PARKED_SPEED && demand.speed < PARKED_SPEED) {
      this.#park(dt, demand);
      return;
    }
    writeBodyForces(parameters, surroundings, speed, slipAngle, motion[4]!, input);
    input.friction = surroundings.friction;
    const wanted = driveDemand(parameters, demand.speed, speed, speed * motion[5]!, input.forceX, input.friction);
    this.#drive += ((wanted - this.#drive) * dt) / (DRIVE_LAG + dt);
    input.acceleration = this.#drive;

    input.steeringRate = this.#column.rate / parameters.steeringRatio;
    driftDerivative(parameters, DRIVING_BLEND, motion, input, this.#slope, this.#details);
    const hands = this.#turn(dt, demand, speed);
    this.#advance(dt);
    this.#publish(hands, (motion[3]! - speed) / dt, (motion[6]! - slipAngle) / dt);
  }

  /** The brakes hold the car, whatever pushes it; only the steering wheel turns. */
  #park(dt: number, demand: CarDemand): void {
    const motion = this.#motion;
    this.#details.weight = 0;
    const hands = this.#turn(dt, demand, 0);
    motion[2] = this.#column.angle / this.parameters.steeringRatio;
    motion[3] = 0;
    motion[5] = 0;
    motion[7] = 0;
    motion[8] = 0;
    this.#drive = 0;
    this.#publish(hands, 0, 0);
  }

  /** Moves the column; returns the torque of the hands [N·m]. */
  #turn(dt: number, demand: CarDemand, speed: number): number {
    const { parameters } = this;
    const { frontLateral, frontSlipAngle, weight } = this.#details;
    const { friction } = this.#input;
    this.#aligning = weight * aligningTorque(parameters, frontLateral, frontSlipAngle, friction, speed);
    const share = demand.torqueShare ?? (demand.actuation === 'torque' ? 1 : 0);
    const servo = share < 1 ? servoTorque(parameters, this.#column, demand.steeringAngle, this.#aligning) : 0;
    const bound = parameters.maxTorque;
    const hands = Math.min(bound, Math.max(-bound, servo + share * (demand.torque - servo)));
    stepColumn(parameters, this.#column, hands, this.#aligning, dt);
    return hands;
  }

  /**
   * Second order in time. The wheels' spin is up to a hundred times quicker than a step; it is treated implicitly, with
   * the tyre's steepest slope as its rate.
   */
  #advance(dt: number): void {
    const motion = this.#motion;
    const stage = this.#stage;
    const slope = this.#slope;
    const angle = this.#column.angle / this.parameters.steeringRatio;
    // Rates of the spins by themselves and by the car's speed: slip only knows their ratio.
    const frontRate = GAMMA * dt * this.#details.frontWheelStiffness;
    const rearRate = GAMMA * dt * this.#details.rearWheelStiffness;
    const perSpeed = 1 / Math.max(motion[3]!, DRIVING_BLEND.speed / 2);
    const frontCoupling = -frontRate * motion[7]! * perSpeed;
    const rearCoupling = -rearRate * motion[8]! * perSpeed;
    slope[7] = (slope[7]! + frontCoupling * slope[3]!) / (1 - frontRate);
    slope[8] = (slope[8]! + rearCoupling * slope[3]!) / (1 - rearRate);
    for (let i = 0; i < DRIFT_STATE_LENGTH; i++) stage[i] = motion[i]! + dt * slope[i]!;
    stage[2] = angle;
    keepForward(stage);

    const next = this.#nextSlope;
    this.#input.steeringRate = this.#column.rate / this.parameters.steeringRatio;
    driftDerivative(this.parameters, DRIVING_BLEND, stage, this.#input, next, this.#details);
    const gained = next[3]! - 2 * slope[3]!;
    next[7] = (next[7]! - 2 * slope[7]! + frontCoupling * gained) / (1 - frontRate) + 2 * slope[7]!;
    next[8] = (next[8]! - 2 * slope[8]! + rearCoupling * gained) / (1 - rearRate) + 2 * slope[8]!;
    for (let i = 0; i < DRIFT_STATE_LENGTH; i++) motion[i] = motion[i]! + 0.5 * dt * (slope[i]! + next[i]!);
    motion[2] = angle;
    motion[4] = wrapAngle(motion[4]!);
    keepForward(motion);
  }

  #publish(hands: number, gain: number, slipRate: number): void {
    const { state } = this;
    const motion = this.#motion;
    const speed = motion[3]!;
    const sinSlip = sin(motion[6]!);
    const cosSlip = cos(motion[6]!);
    const turning = speed * (motion[5]! + slipRate);
    state.x = motion[0]!;
    state.y = motion[1]!;
    state.yaw = motion[4]!;
    state.speed = speed * cosSlip;
    state.lateralSpeed = speed * sinSlip;
    state.yawRate = motion[5]!;
    state.slipAngle = motion[6]!;
    state.steeringWheelAngle = this.#column.angle;
    state.steeringWheelRate = this.#column.rate;
    state.roadWheelAngle = motion[2]!;
    state.handTorque = hands;
    state.aligningTorque = this.#aligning;
    state.acceleration = gain * cosSlip - turning * sinSlip;
    state.lateralAcceleration = gain * sinSlip + turning * cosSlip;
  }

  /**
   * Writes all that the future depends on, for hashing.
   * @returns the offset behind the last number
   */
  writeState(target: Float64Array, offset: number): number {
    target.set(this.#motion, offset);
    let end = offset + this.#motion.length;
    target[end++] = this.#column.angle;
    target[end++] = this.#column.rate;
    target[end++] = this.#drive;
    return end;
  }
}

/** The car can't roll backwards, and a locked wheel stands still. */
function keepForward(motion: Float64Array): void {
  motion[3] = Math.max(0, motion[3]!);
  motion[7] = Math.max(0, motion[7]!);
  motion[8] = Math.max(0, motion[8]!);
}
