import { atan, cos, sin, tanh } from '../maths/deterministic.ts';
import { type KinematicMotion, kinematicMotion } from './kinematic.ts';
import { GRAVITY, limitedAcceleration, limitedSteeringRate } from './limits.ts';
import type { VehicleParameters } from './parameters.ts';
import { lateralForce, longitudinalForce } from './tyre.ts';

/** How the model passes from kinematic (slow) to dynamic (fast): with weight (1 + tanh((v - speed)/width))/2. */
export interface Blend {
  /** [m/s] */
  readonly speed: number;
  /** [m/s] */
  readonly width: number;
  /** Rate at which slip angle and yaw rate return to their kinematic values while the model is kinematic [1/s]. */
  readonly relaxation: number;
}

/** The blend of the published model. */
export const PUBLISHED_BLEND: Blend = { speed: 0.2, width: 0.05, relaxation: 0 };

/** Time in which kinematic wheels take on the speed of the ground [s]. */
const WHEEL_RELAXATION = 0.02;

/** What acts on the car while the state changes. */
export interface DriftInput {
  /** Road-wheel rate [rad/s], before limits. */
  steeringRate: number;
  /** Drive or brake demand [m/s²], before limits. */
  acceleration: number;
  /** Factor on the tyres' peak friction. */
  friction: number;
  /** Forces on the body besides the tyres' (wind, gravity on a slope), along and across the car [N]. */
  forceX: number;
  forceY: number;
  /** Their moment about the vertical axis [N·m]. */
  moment: number;
}

/** What the model knows on the way; of use to the steering column and to an implicit integrator. */
export interface DriftDetails {
  /** Force across the front wheels [N], slip angle [rad] and load [N] of the front axle. */
  frontLateral: number;
  frontSlipAngle: number;
  frontLoad: number;
  /** Weight of the dynamic part, in [0, 1]. */
  weight: number;
  /** Derivative of the wheels' angular acceleration by their speed, at its steepest [1/s]; not positive. */
  frontWheelStiffness: number;
  rearWheelStiffness: number;
}

/** `[x, y, roadWheelAngle, speed, yaw, yawRate, slipAngle, frontWheelSpeed, rearWheelSpeed]`. */
export const DRIFT_STATE_LENGTH = 9;

const kinematic: KinematicMotion = { slipAngle: 0, yawRate: 0, slipAngleRate: 0, yawAcceleration: 0 };

/**
 * Right-hand side of CommonRoad's single-track drift model (STD, 2020a): Magic Formula tyres with combined slip, wheel
 * spin, load transfer by the demanded acceleration, and a blend into the kinematic model at low speed. The reference
 * point is the centre of gravity. With the published blend, friction 1 and no other forces it is the published model.
 * @param state `[x m, y m, roadWheelAngle rad, speed m/s, yaw rad, yawRate rad/s, slipAngle rad, front and rear wheel
 *   speed rad/s]`; `speed` is the magnitude of the velocity
 * @param out receives the derivative, in the order of the state
 */
export function driftDerivative(
  vehicle: VehicleParameters,
  blend: Blend,
  state: Float64Array,
  input: DriftInput,
  out: Float64Array,
  details: DriftDetails,
): void {
  const angle = state[2]!;
  const speed = state[3]!;
  const yaw = state[4]!;
  const yawRate = state[5]!;
  const slipAngle = state[6]!;
  const frontWheel = state[7]!;
  const rearWheel = state[8]!;
  const {
    frontAxleDistance: front,
    rearAxleDistance: rear,
    wheelbase,
    mass,
    wheelRadius,
    wheelInertia,
    tyre,
  } = vehicle;
  const { friction } = input;
  const rate = limitedSteeringRate(vehicle.limits, angle, input.steeringRate);
  const gain = limitedAcceleration(vehicle.limits, speed, input.acceleration);
  const slowest = blend.speed / 2;

  const sinSlip = sin(slipAngle);
  const cosSlip = cos(slipAngle);
  const sinAngle = sin(angle);
  const cosAngle = cos(angle);
  const along = speed * cosSlip;
  const across = speed * sinSlip;
  const rolling = speed > slowest;
  // A spinning car may slide backwards, where the published model is silent: there the forces keep opposing the motion.
  const frontSlipAngle = rolling ? atan((across + yawRate * front) / Math.abs(along)) - angle : 0;
  const rearSlipAngle = rolling ? atan((across - yawRate * rear) / Math.abs(along)) : 0;
  const frontLoad = (mass * (GRAVITY * rear - gain * vehicle.cgHeight)) / wheelbase;
  const rearLoad = (mass * (GRAVITY * front + gain * vehicle.cgHeight)) / wheelbase;

  const frontGround = along * cosAngle + (across + front * yawRate) * sinAngle;
  const frontPace = Math.max(along < 0 ? -frontGround : frontGround, slowest);
  const rearPace = Math.max(Math.abs(along), slowest);
  const frontSlip = (along < 0 ? Math.min(0, frontGround) / frontPace : 1) - (wheelRadius * frontWheel) / frontPace;
  const rearSlip = (along < 0 ? along / rearPace : 1) - (wheelRadius * rearWheel) / rearPace;
  const frontAlong = longitudinalForce(tyre, frontSlip, frontSlipAngle, frontLoad, friction);
  const rearAlong = longitudinalForce(tyre, rearSlip, rearSlipAngle, rearLoad, friction);
  const frontAcross = lateralForce(tyre, frontSlip, frontSlipAngle, frontLoad, friction);
  const rearAcross = lateralForce(tyre, rearSlip, rearSlipAngle, rearLoad, friction);

  // Sums of forces along and across the car; the wheels' own forces turned by the road-wheel angle.
  const forceX = frontAlong * cosAngle - frontAcross * sinAngle + rearAlong + input.forceX;
  const frontY = frontAcross * cosAngle + frontAlong * sinAngle;
  const forceY = frontY + rearAcross + input.forceY;

  const torque = mass * wheelRadius * gain;
  const frontShare = gain > 0 ? vehicle.driveFrontShare : vehicle.brakeFrontShare;
  const frontSpin = (frontShare * torque - wheelRadius * frontAlong) / wheelInertia;
  const rearSpin = ((1 - frontShare) * torque - wheelRadius * rearAlong) / wheelInertia;

  const weight = 0.5 * (tanh((speed - blend.speed) / blend.width) + 1);
  const rest = 1 - weight;
  kinematicMotion(vehicle, angle, speed, slipAngle, rate, gain, kinematic);
  const slipRate = rolling ? (forceY * cosSlip - forceX * sinSlip) / (mass * speed) - yawRate : 0;
  const heading = slipAngle + yaw;
  out[0] = speed * cos(heading);
  out[1] = speed * sin(heading);
  out[2] = rate;
  out[3] = (weight * (forceX * cosSlip + forceY * sinSlip)) / mass + rest * (gain + (input.forceX * cosSlip) / mass);
  out[4] = weight * yawRate + rest * kinematic.yawRate;
  out[5] =
    (weight * (frontY * front - rearAcross * rear + input.moment)) / vehicle.yawInertia +
    rest * (kinematic.yawAcceleration + blend.relaxation * (kinematic.yawRate - yawRate));
  out[6] = weight * slipRate + rest * (kinematic.slipAngleRate + blend.relaxation * (kinematic.slipAngle - slipAngle));
  // A wheel that turns backwards is a locked wheel.
  const frontTurn = Math.max(0, frontWheel);
  const rearTurn = Math.max(0, rearWheel);
  out[7] =
    (frontWheel >= 0 ? weight * frontSpin : 0) +
    (rest * (Math.max(0, frontGround) / wheelRadius - frontTurn)) / WHEEL_RELAXATION;
  out[8] =
    (rearWheel >= 0 ? weight * rearSpin : 0) +
    (rest * (Math.max(0, along) / wheelRadius - rearTurn)) / WHEEL_RELAXATION;

  const spinStiffness = (weight * wheelRadius * wheelRadius * tyre.pKx1) / wheelInertia;
  details.frontLateral = frontAcross;
  details.frontSlipAngle = frontSlipAngle;
  details.frontLoad = frontLoad;
  details.weight = weight;
  details.frontWheelStiffness = (-spinStiffness * frontLoad) / frontPace - rest / WHEEL_RELAXATION;
  details.rearWheelStiffness = (-spinStiffness * rearLoad) / rearPace - rest / WHEEL_RELAXATION;
}
