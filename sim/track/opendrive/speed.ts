import type { Fields } from './fields.ts';

/** Metres a second of the units that OpenDRIVE knows, in the spellings that exporters use. */
const SPEED_UNITS: Readonly<Record<string, number>> = {
  'm/s': 1,
  mps: 1,
  ms: 1,
  'km/h': 1 / 3.6,
  kmh: 1 / 3.6,
  kph: 1 / 3.6,
  mph: 0.44704,
  'mi/h': 0.44704,
};

/** A limit that holds from a place on. */
export interface SpeedLimit {
  /** [m] */
  readonly start: number;
  /** [m/s]; undefined where none is stated, or none holds. */
  readonly limit: number | undefined;
}

/**
 * The limit of a `<speed>` [m/s]; undefined for `no limit`, `undefined` and what is not positive.
 * @throws Refusal for a unit or a number that is none
 */
export function speedOf(speed: Fields): number | undefined {
  const max = speed.optionalText('max');
  if (max === undefined || /^(no[ _]?limit|undefined|)$/i.test(max)) return undefined;
  const unit = speed.optionalText('unit') || 'm/s';
  const factor = SPEED_UNITS[unit.toLowerCase()];
  if (factor === undefined) throw speed.refuse(`unit is "${unit.slice(0, 40)}"`, 'give m/s, km/h or mph');
  const value = speed.number('max') * factor;
  if (value > 0) return value;
  speed.note('a speed limit is not positive, and is taken as not stated');
  return undefined;
}

/** The limit that holds at a place; undefined where none is stated. @param limits by their starts */
export function limitAt(limits: readonly SpeedLimit[], s: number): number | undefined {
  let found: number | undefined;
  for (const { start, limit } of limits) {
    if (start > s + 1e-9) break;
    found = limit;
  }
  return found;
}
