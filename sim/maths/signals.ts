/**
 * Whiteness of a steering signal, the restlessness of the wheel (University of Tartu): root mean square of its rate.
 * @param angles steering-wheel angle [rad] at equal times
 * @param rate samples a second [Hz]
 * @returns [deg/s]; 0 for fewer than two angles
 */
export function whiteness(angles: readonly number[], rate: number): number {
  const rates: number[] = [];
  for (let i = 1; i < angles.length; i++) rates.push((angles[i]! - angles[i - 1]!) * rate * (180 / Math.PI));
  return rootMeanSquare(rates);
}

/** 0 for an empty list. */
export function rootMeanSquare(values: readonly number[]): number {
  if (values.length === 0) return 0;
  let sum = 0;
  for (const value of values) sum += value * value;
  return Math.sqrt(sum / values.length);
}
