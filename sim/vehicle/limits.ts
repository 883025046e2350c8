import type { ModelLimits } from './parameters.ts';

/** Standard gravity as the CommonRoad models round it [m/s²]. */
export const GRAVITY = 9.81;

/** The road-wheel rate that remains of `rate` [rad/s] at the road-wheel angle `angle` [rad]. */
export function limitedSteeringRate(limits: ModelLimits, angle: number, rate: number): number {
  if ((angle <= -limits.roadWheelAngle && rate <= 0) || (angle >= limits.roadWheelAngle && rate >= 0)) return 0;
  return Math.min(limits.roadWheelRate, Math.max(-limits.roadWheelRate, rate));
}

/** What remains of the demanded acceleration [m/s²] at `speed` [m/s]: engine power and top speed bound it. */
export function limitedAcceleration(limits: ModelLimits, speed: number, acceleration: number): number {
  if ((speed <= limits.minSpeed && acceleration <= 0) || (speed >= limits.maxSpeed && acceleration >= 0)) return 0;
  const most = speed > limits.switchSpeed ? (limits.acceleration * limits.switchSpeed) / speed : limits.acceleration;
  return Math.min(most, Math.max(-limits.acceleration, acceleration));
}
