import type { VehicleParameters } from './parameters.ts';

/** Share of the aligning torque that the power assist takes from the hands at `speed` [m/s], in [0, 1). */
export function assistShare(vehicle: VehicleParameters, speed: number): number {
  const { assistAtStandstill, assistAtSpeed, assistSpeed } = vehicle.column;
  const ratio = speed / assistSpeed;
  return assistAtSpeed + (assistAtStandstill - assistAtSpeed) / (1 + ratio * ratio);
}

/**
 * Pneumatic trail of the front tyres [m]. It falls with the slip angle and is gone when the whole contact patch slides:
 * brush model with parabolic pressure (Pacejka, Tire and Vehicle Dynamics, eq. 3.14), scaled to the trail at zero slip.
 * @param slipAngle [rad]
 * @param friction factor on the tyre's peak friction
 */
export function pneumaticTrail(vehicle: VehicleParameters, slipAngle: number, friction: number): number {
  const { tyre, column } = vehicle;
  const adhesion = (-tyre.pKy1 * Math.abs(slipAngle)) / (3 * tyre.pDy1 * friction);
  if (adhesion >= 1) return 0;
  const left = 1 - adhesion;
  return (column.pneumaticTrail * left * left * left) / (1 - adhesion + (adhesion * adhesion) / 3);
}

/**
 * Torque with which the front tyres turn the steering wheel, after assist [N·m]: towards the centre in a bend.
 * @param lateralForce of the front axle, left positive [N]
 * @param slipAngle of the front axle [rad]
 * @param friction factor on the tyre's peak friction
 * @param speed [m/s]
 */
export function aligningTorque(
  vehicle: VehicleParameters,
  lateralForce: number,
  slipAngle: number,
  friction: number,
  speed: number,
): number {
  const trail = vehicle.column.mechanicalTrail + pneumaticTrail(vehicle, slipAngle, friction);
  return (-lateralForce * trail * (1 - assistShare(vehicle, speed))) / vehicle.steeringRatio;
}

/** The steering wheel's motion. */
export interface ColumnState {
  /** [rad] */
  angle: number;
  /** [rad/s] */
  rate: number;
}

/** Error of the angle at which the arm servo makes up for all of the Coulomb friction [rad]. */
const FRICTION_ERROR = 0.002;

/**
 * Torque of the arm servo that turns the wheel to `target` [N·m]: it cancels the aligning torque it feels and the
 * friction, asks for a rate in proportion to the error, and makes the closed loop a second-order system of the column's
 * servo frequency and damping ratio.
 */
export function servoTorque(vehicle: VehicleParameters, column: ColumnState, target: number, aligning: number): number {
  const { inertia, damping, friction, servoFrequency, servoDampingRatio } = vehicle.column;
  const total = Math.max(damping, 2 * servoDampingRatio * servoFrequency * inertia);
  const error = clamp(target, vehicle.maxSteeringWheelAngle) - column.angle;
  const wanted = ((inertia * servoFrequency * servoFrequency) / total) * error;
  const rate = clamp(wanted, vehicle.maxSteeringWheelRate);
  const feedForward = friction * clamp(error / FRICTION_ERROR, 1) - aligning;
  return clamp(total * rate - (total - damping) * column.rate + feedForward, vehicle.maxTorque);
}

/**
 * Turns the wheel for one step, by the backward Euler method: viscous damping can't overshoot and Coulomb friction
 * can't reverse the motion, it holds the wheel when it is stronger than all other torque.
 * @param hands torque of the hands or the servo [N·m]
 * @param aligning [N·m]
 * @param dt [s]
 */
export function stepColumn(
  vehicle: VehicleParameters,
  column: ColumnState,
  hands: number,
  aligning: number,
  dt: number,
): void {
  const { inertia, damping, friction } = vehicle.column;
  const impulse = inertia * column.rate + (hands + aligning) * dt;
  const slowed = Math.max(0, Math.abs(impulse) - friction * dt) / (inertia + damping * dt);
  column.rate = clamp(impulse < 0 ? -slowed : slowed, vehicle.maxSteeringWheelRate);
  const angle = column.angle + column.rate * dt;
  column.angle = clamp(angle, vehicle.maxSteeringWheelAngle);
  // The end stops take all motion.
  if (column.angle !== angle) column.rate = 0;
}

function clamp(value: number, bound: number): number {
  return Math.min(bound, Math.max(-bound, value));
}
