/**
 * Elementary functions for the half of `sim` that carries state. IEEE 754 fixes `+ - * /`, `Math.floor` and `Math.sqrt`
 * to the last bit; everything here is made of those, so the results are the same in every JavaScript engine, which
 * those of `Math.sin` and its like are not. Errors stay within a few units in the last place.
 */
export { exp, log, pow, tanh } from './exponential.ts';
export { acos, asin, atan, atan2, cos, sin, tan } from './trigonometric.ts';

const PI = Math.PI;
const TWO_PI = 2 * PI;

/** Length of the vector (x, y, z), without guard against overflow beyond 1e154. */
export function hypot(x: number, y: number, z = 0): number {
  return Math.sqrt(x * x + y * y + z * z);
}

/** The same direction as `angle` [rad], in [-pi, pi). */
export function wrapAngle(angle: number): number {
  if (angle >= -PI && angle < PI) return angle;
  const wrapped = angle - TWO_PI * Math.floor((angle + PI) / TWO_PI);
  // Rounding may land on the open end.
  return wrapped >= PI ? wrapped - TWO_PI : Math.max(wrapped, -PI);
}
