import { createStream, type RandomStream } from '../random/stream.ts';
import { CLEAR_DAY, type Conditions } from './conditions.ts';
import { conditionsSchema } from './schema.ts';

/** From and to, both in the field's unit. */
export type NumberRange = readonly [number, number];

/** A range that holds in some episodes only; in the others the field is as on a clear day. */
export interface OccasionalRange {
  /** Probability, 0 to 1. */
  readonly chance: number;
  readonly range: NumberRange;
}

/** For each field what it may be: a range for a number, a list to pick from for anything else. */
export type RangesOf<T> = {
  readonly [K in keyof T]?: T[K] extends number | null
    ? NumberRange | OccasionalRange
    : T[K] extends string | boolean
      ? readonly T[K][]
      : RangesOf<T[K]>;
};

/** What randomised conditions are drawn from; fields that are not named stay as on a clear day. */
export type ConditionRanges = RangesOf<Omit<Conditions, 'colourSeed'>>;

/** All that a model should bear: every light and weather, and a camera that is neither perfect nor mounted perfectly. */
export const WIDE_RANGES: ConditionRanges = {
  light: ['day', 'day', 'overcast', 'dusk', 'night'],
  weather: {
    fog: { chance: 0.3, range: [0.002, 0.03] },
    rain: { chance: 0.25, range: [1, 20] },
    wetness: { chance: 0.3, range: [0.1, 1] },
    snow: { chance: 0.1, range: [0.2, 0.9] },
    leaves: { chance: 0.2, range: [0.05, 0.6] },
    glare: { chance: 0.2, range: [0.3, 1] },
  },
  friction: [0.85, 1.05],
  frictionPatches: { perKilometre: { chance: 0.2, range: [2, 12] }, friction: [0.4, 0.8] },
  wind: { speed: { chance: 0.5, range: [0, 8] }, direction: [-Math.PI, Math.PI], gust: { chance: 0.5, range: [0, 2] } },
  camera: {
    delay: { chance: 0.3, range: [0.05, 0.15] },
    offset: { x: [-0.05, 0.05], y: [-0.05, 0.05], z: [-0.05, 0.05], yaw: [-0.01, 0.01], pitch: [-0.015, 0.015] },
    fovFactor: [0.97, 1.03],
    exposure: [-0.6, 0.6],
    noise: [0, 0.04],
    blur: { chance: 0.4, range: [0.001, 0.008] },
    dirt: { chance: 0.3, range: [0.05, 0.3] },
    dropped: { chance: 0.2, range: [0.01, 0.2] },
  },
  delays: {
    computation: { chance: 0.3, range: [0.01, 0.08] },
    actuator: { chance: 0.3, range: [0.01, 0.08] },
  },
};

/** Rain of this much keeps the road wet all over [mm/h]. */
const SOAKING_RAIN = 5;

/**
 * Conditions drawn from ranges. Every field has a stream of its own, so that a range more or less leaves the other
 * fields as they were.
 * @param seed a whole number, not negative; it is the colour seed too
 * @throws ZodError when a range reaches beyond what conditions may be
 */
export function randomConditions(seed: number, ranges: ConditionRanges = WIDE_RANGES): Conditions {
  const drawn = draw(CLEAR_DAY, ranges, createStream(seed, 'conditions')) as Conditions;
  const { weather } = drawn;
  const wetness = Math.max(weather.wetness, Math.min(1, weather.rain / SOAKING_RAIN));
  return conditionsSchema.parse({ ...drawn, colourSeed: seed, weather: { ...weather, wetness } });
}

function draw(base: object, ranges: object, stream: RandomStream): object {
  const result: Record<string, unknown> = { ...base };
  for (const [field, range] of Object.entries(ranges)) {
    if (range === undefined) continue;
    const own = stream.fork(field);
    const usual = (base as Record<string, unknown>)[field];
    if (typeof usual === 'object' && usual !== null) result[field] = draw(usual, range, own);
    else result[field] = drawValue(usual, range as readonly unknown[] | OccasionalRange, own);
  }
  return result;
}

function drawValue(usual: unknown, range: readonly unknown[] | OccasionalRange, stream: RandomStream): unknown {
  if ('chance' in range) return stream.uniform() < range.chance ? stream.uniform(...range.range) : usual;
  // A null stands where a number may: the sun's place.
  if (typeof usual === 'number' || usual === null) return stream.uniform(...(range as NumberRange));
  return stream.pick(range);
}
