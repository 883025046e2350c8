import { rootMeanSquare } from '../../sim/maths/signals.ts';

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
