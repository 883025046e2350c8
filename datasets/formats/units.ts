/**
 * Ratio taken where a source gives road-wheel angles and nobody says otherwise: that of a middle-class car, as in
 * `sim/vehicle/vehicles.ts`. What was taken is kept in the recording's conversions.
 */
export const DEFAULT_STEERING_RATIO = 15.5;

export const RADIANS_PER_DEGREE = Math.PI / 180;
/** International mile of 1609.344 m. */
export const METRES_PER_SECOND_PER_MPH = 0.44704;
/** International nautical mile of 1852 m. */
export const METRES_PER_SECOND_PER_KNOT = 1852 / 3600;
