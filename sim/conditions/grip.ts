import type { Conditions } from './conditions.ts';

/**
 * What a road under water and under packed snow leaves of the dry road's grip: peak coefficients 0.6 and 0.2 over 0.85
 * (J. Y. Wong, Theory of Ground Vehicles, 3rd ed., table 1.3, middles of the ranges).
 */
const WET = 0.6 / 0.85;
const SNOW = 0.2 / 0.85;

/** Factor on the tyres' friction coefficient everywhere outside patches. */
export function roadFriction({ friction, weather }: Pick<Conditions, 'friction' | 'weather'>): number {
  const wet = 1 + (WET - 1) * weather.wetness;
  // Where snow lies, the water below it does not matter.
  return friction * (wet + (SNOW - wet) * weather.snow);
}
