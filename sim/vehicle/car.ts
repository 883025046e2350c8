import type { Actuation } from '../command.ts';
import { cos, sin, wrapAngle } from '../maths/deterministic.ts';
import { aligningTorque, type ColumnState, servoTorque, stepColumn } from './column.ts';
import { DriftIntegrator } from './drift-integrator.ts';
import type { VehicleParameters } from './parameters.ts';
import { DRIFT_STATE_LENGTH } from './single-track-drift.ts';
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

/** A car that is slower and is asked to be slower stands [m/s]. */
const PARKED_SPEED = 0.02;

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
  readonly #integrator: DriftIntegrator;
  /** The integrator's state, in the order of the drift model. */
  readonly #motion: Float64Array;
  readonly #column: ColumnState = { angle: 0, rate: 0 };
  /** What engine and brakes give now [m/s²]. */
  #drive = 0;
  /** Aligning torque at the steering wheel in the last step [N·m]. */
  #aligning = 0;

  constructor(parameters: VehicleParameters) {
    this.parameters = parameters;
    this.#integrator = new DriftIntegrator(parameters);
    this.#motion = this.#integrator.state;
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
    const { input } = this.#integrator;
    const speed = motion[3]!;
    const slipAngle = motion[6]!;
    // After a spin that left the car sliding backwards it first comes to a stop.
    const target = cos(slipAngle) < 0 ? 0 : demand.speed;
    if (speed < PARKED_SPEED && target < PARKED_SPEED) {
      this.#park(dt, demand);
      return;
    }
    writeBodyForces(parameters, surroundings, speed, slipAngle, motion[4]!, input);
    input.friction = surroundings.friction;
    const wanted = driveDemand(parameters, target, speed, speed * motion[5]!, input.forceX, input.friction);
    this.#drive += ((wanted - this.#drive) * dt) / (DRIVE_LAG + dt);
    input.acceleration = this.#drive;

    input.steeringRate = this.#column.rate / parameters.steeringRatio;
    this.#integrator.look();
    const hands = this.#turn(dt, demand, speed);
    this.#integrator.advance(dt, this.#column.angle / parameters.steeringRatio);
    this.#publish(hands, (motion[3]! - speed) / dt, wrapAngle(motion[6]! - slipAngle) / dt);
  }

  /** The brakes hold the car, whatever pushes it; only the steering wheel turns. */
  #park(dt: number, demand: CarDemand): void {
    const motion = this.#motion;
    this.#integrator.details.weight = 0;
    const hands = this.#turn(dt, demand, 0);
    motion[2] = this.#column.angle / this.parameters.steeringRatio;
    motion[3] = 0;
    motion[5] = 0;
    motion[6] = 0;
    motion[7] = 0;
    motion[8] = 0;
    this.#drive = 0;
    this.#publish(hands, 0, 0);
  }

  /** Moves the column; returns the torque of the hands [N·m]. */
  #turn(dt: number, demand: CarDemand, speed: number): number {
    const { parameters } = this;
    const { frontLateral, frontSlipAngle, weight } = this.#integrator.details;
    const { friction } = this.#integrator.input;
    this.#aligning = weight * aligningTorque(parameters, frontLateral, frontSlipAngle, friction, speed);
    const share = demand.torqueShare ?? (demand.actuation === 'torque' ? 1 : 0);
    const servo = share < 1 ? servoTorque(parameters, this.#column, demand.steeringAngle, this.#aligning) : 0;
    const bound = parameters.maxTorque;
    const hands = Math.min(bound, Math.max(-bound, servo + share * (demand.torque - servo)));
    stepColumn(parameters, this.#column, hands, this.#aligning, dt);
    return hands;
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
