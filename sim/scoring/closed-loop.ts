/** What closed-loop scores are computed from: one entry a control tick. */
export interface DrivenSample {
  /** World time [s]. */
  readonly time: number;
  /** Distance from the middle of the driving lane, left positive [m]. */
  readonly lateralError: number;
  /** Commanded steering-wheel angle [rad]. */
  readonly steeringAngle: number;
  /** Speed of the car [m/s]. */
  readonly actualSpeed: number;
  /** Speed with which the expert passed here when it drove the same route [m/s]. */
  readonly referenceSpeed: number;
}

/** Simulated time that an intervention costs: NVIDIA, End to End Learning for Self-Driving Cars, section 7.1 [s]. */
export const INTERVENTION_COST = 6;

/**
 * NVIDIA's autonomy [percent]: `(1 - interventions * 6 s / elapsed) * 100`, not below 0.
 * @param elapsed simulated time [s]
 */
export function autonomy(interventions: number, elapsed: number): number {
  if (interventions === 0) return 100;
  return Math.max(0, (1 - (interventions * INTERVENTION_COST) / elapsed) * 100);
}

/** Root mean square of the distance from the middle of the lane [m]. */
export function lateralRms(samples: readonly DrivenSample[]): number {
  return rootMeanSquare(samples.map((sample) => sample.lateralError));
}

/** Root mean square of the car's speed minus the expert's at the same place [m/s]. */
export function speedRms(samples: readonly DrivenSample[]): number {
  return rootMeanSquare(samples.map((sample) => sample.actualSpeed - sample.referenceSpeed));
}

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
