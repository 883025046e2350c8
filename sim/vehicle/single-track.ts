import { cos, sin } from '../maths/deterministic.ts';
import { type KinematicMotion, kinematicMotion } from './kinematic.ts';
import { GRAVITY, limitedAcceleration, limitedSteeringRate } from './limits.ts';
import type { VehicleParameters } from './parameters.ts';

/** Below this speed the single-track model is kinematic [m/s]. */
const SWITCH_SPEED = 0.1;

const kinematic: KinematicMotion = { slipAngle: 0, yawRate: 0, slipAngleRate: 0, yawAcceleration: 0 };

/**
 * Right-hand side of CommonRoad's single-track model (ST, 2020a): linear tyres, load transfer by the demanded
 * acceleration. The reference point is the centre of gravity.
 * @param state `[x m, y m, roadWheelAngle rad, speed m/s, yaw rad, yawRate rad/s, slipAngle rad]`
 * @param steeringRate road-wheel rate [rad/s], before limits
 * @param acceleration [m/s²], before limits
 * @param out receives the derivative, in the order of the state
 */
export function singleTrackDerivative(
  vehicle: VehicleParameters,
  state: Float64Array,
  steeringRate: number,
  acceleration: number,
  out: Float64Array,
): void {
  const [angle, speed, yaw, yawRate, slipAngle] = [state[2]!, state[3]!, state[4]!, state[5]!, state[6]!];
  const rate = limitedSteeringRate(vehicle.limits, angle, steeringRate);
  const gain = limitedAcceleration(vehicle.limits, speed, acceleration);
  out[2] = rate;
  out[3] = gain;
  if (Math.abs(speed) < SWITCH_SPEED) {
    kinematicMotion(vehicle, angle, speed, slipAngle, rate, gain, kinematic);
    out[0] = speed * cos(kinematic.slipAngle + yaw);
    out[1] = speed * sin(kinematic.slipAngle + yaw);
    out[4] = kinematic.yawRate;
    out[5] = kinematic.yawAcceleration;
    out[6] = kinematic.slipAngleRate;
    return;
  }
  const { frontAxleDistance: front, rearAxleDistance: rear, wheelbase, mass, yawInertia, cgHeight } = vehicle;
  // Cornering stiffness of each axle [N/rad]: proportional to its load.
  const stiffness = (-vehicle.tyre.pKy1 * mass) / wheelbase;
  const frontStiffness = stiffness * (GRAVITY * rear - gain * cgHeight);
  const rearStiffness = stiffness * (GRAVITY * front + gain * cgHeight);
  const frontForce = frontStiffness * (angle - slipAngle - (front * yawRate) / speed);
  const rearForce = rearStiffness * ((rear * yawRate) / speed - slipAngle);
  out[0] = speed * cos(slipAngle + yaw);
  out[1] = speed * sin(slipAngle + yaw);
  out[4] = yawRate;
  out[5] = (front * frontForce - rear * rearForce) / yawInertia;
  out[6] = (frontForce + rearForce) / (mass * speed) - yawRate;
}
