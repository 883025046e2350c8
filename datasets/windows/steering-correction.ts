/** The car for which steering corrections are worked out. */
export interface CorrectionOptions {
  /** Distance between the axles [m]. Default 2.7, a middle-class car. */
  readonly wheelbase?: number;
  /** Steering-wheel angle over road-wheel angle. Default 15.5. */
  readonly steeringRatio?: number;
  /** Time within which the car is to be back on its line [s]. Default 2, as in the PilotNet paper (arXiv 1604.07316). */
  readonly returnSeconds?: number;
  /** At least this far ahead, however slow the car is [m]. Default 8. */
  readonly shortestReturn?: number;
}

/**
 * What must be added to the steering-wheel angle when the picture looks as if the car were beside its line. Pure pursuit
 * (Coulter 1992, CMU-RI-TR-92-01): the arc to the point of the line at distance d ahead has curvature -2 y / (y² + d²); the
 * kinematic single-track model turns it into a road-wheel angle. At higher speed d is longer and the correction smaller.
 * @param offset how far left of its line the car seems to be [m]
 * @param speed [m/s]
 * @returns steering-wheel angle to add, left positive [rad]
 */
export function returnCorrection(offset: number, speed: number, options: CorrectionOptions = {}): number {
  const { wheelbase = 2.7, steeringRatio = 15.5, returnSeconds = 2, shortestReturn = 8 } = options;
  const distance = Math.max(shortestReturn, speed * returnSeconds);
  const curvature = (-2 * offset) / (offset * offset + distance * distance);
  return steeringRatio * Math.atan(wheelbase * curvature) + 0;
}
