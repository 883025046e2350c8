import { describe, expect, it } from 'vitest';
import { Refusal } from '../refusal.ts';
import { CLEAR_DAY, type Conditions } from './conditions.ts';
import { roadFriction } from './grip.ts';
import { openConditions, PRESET_NAMES, presetConditions } from './presets.ts';
import { randomConditions, WIDE_RANGES } from './random.ts';
import { conditionsSchema, parseConditions } from './schema.ts';

describe('conditions from outside', () => {
  it('are a clear day where nothing is said', () => {
    expect(parseConditions({}, 'here')).toEqual(CLEAR_DAY);
    expect(parseConditions(JSON.parse(JSON.stringify(CLEAR_DAY)), 'here')).toEqual(CLEAR_DAY);
    expect(parseConditions({ weather: { fog: 0.1 } }, 'here').weather).toEqual({ ...CLEAR_DAY.weather, fog: 0.1 });
  });

  it.each<[unknown, RegExp]>([
    [{ friction: 0 }, /^here: conditions\.friction: /],
    [{ weather: { fgo: 1 } }, /^here: conditions\.weather: .*fgo/],
    [{ camera: { noise: Number.NaN } }, /^here: conditions\.camera\.noise: /],
    [{ light: 'noon' }, /^here: conditions\.light: /],
    ['rain', /^here: conditions: /],
  ])('are refused with the field: %j', (value, message) => {
    expect(() => parseConditions(value, 'here')).toThrow(Refusal);
    expect(() => parseConditions(value, 'here')).toThrow(message);
  });
});

describe('presets', () => {
  it.each(PRESET_NAMES)('%s is valid, complete and its own', (name) => {
    const conditions = openConditions(name);
    expect(conditionsSchema.parse(conditions)).toEqual(conditions);
    const same = PRESET_NAMES.filter((other) => JSON.stringify(presetConditions(other)) === JSON.stringify(conditions));
    expect(same).toEqual([name]);
  });

  it('hold those that people ask for first', () => {
    const asked = ['clear-day', 'overcast', 'dusk', 'night', 'fog', 'rain', 'low-sun', 'snow'] as const;
    for (const name of asked) expect(PRESET_NAMES).toContain(name);
    expect(presetConditions('clear-day')).toBe(CLEAR_DAY);
  });

  it('are refused by a wrong name with the nearest right one', () => {
    expect(() => openConditions('rainy')).toThrow(/conditions rainy: .*did you mean rain\?/);
  });
});

describe('the road’s friction', () => {
  const under = (weather: Partial<Conditions['weather']>, friction = 1) =>
    roadFriction({ friction, weather: { ...CLEAR_DAY.weather, ...weather } });

  it('is that of Wong’s table on dry, wet and snowy roads', () => {
    expect(under({})).toBe(1);
    expect(0.85 * under({ wetness: 1 })).toBeCloseTo(0.6, 12);
    expect(0.85 * under({ snow: 1 })).toBeCloseTo(0.2, 12);
    expect(0.85 * under({ snow: 1, wetness: 1 }, 0.5)).toBeCloseTo(0.1, 12);
  });

  it('falls with water and with snow', () => {
    expect(under({ wetness: 0.4 })).toBeGreaterThan(under({ wetness: 0.8 }));
    expect(under({ wetness: 0.5, snow: 0.3 })).toBeLessThan(under({ wetness: 0.5 }));
  });
});

describe('random conditions', () => {
  it('are the same for a seed and others for another', () => {
    expect(randomConditions(7)).toEqual(randomConditions(7));
    expect(randomConditions(7)).not.toEqual(randomConditions(8));
    expect(randomConditions(7).colourSeed).toBe(7);
  });

  it('are valid, stay in their ranges and reach all of them', () => {
    const many = Array.from({ length: 300 }, (_, seed) => randomConditions(seed));
    for (const one of many) expect(conditionsSchema.parse(one)).toEqual(one);
    const noise = many.map((one) => one.camera.noise);
    expect(Math.min(...noise)).toBeLessThan(0.004);
    expect(Math.max(...noise)).toBeGreaterThan(0.036);
    expect(Math.max(...noise)).toBeLessThan(0.04);
    expect(new Set(many.map((one) => one.light))).toEqual(new Set(['day', 'overcast', 'dusk', 'night']));
    // A quarter of 300, give or take four standard deviations.
    const rainy = many.filter((one) => one.weather.rain > 0);
    expect(rainy.length).toBeGreaterThan(45);
    expect(rainy.length).toBeLessThan(105);
    for (const { weather } of rainy) expect(weather.wetness).toBeGreaterThanOrEqual(Math.min(1, weather.rain / 5));
  });

  it('keep a field as it was when another range comes or goes', () => {
    const { weather: _, ...others } = WIDE_RANGES;
    const fewer = randomConditions(7, others);
    expect(fewer.weather).toEqual(CLEAR_DAY.weather);
    expect(fewer.camera).toEqual(randomConditions(7).camera);
    expect(fewer.wind).toEqual(randomConditions(7).wind);
  });

  it('can be drawn within one field alone', () => {
    const one = randomConditions(3, { sun: { elevation: [0.1, 0.2] }, light: ['dusk'] });
    expect(one.sun.elevation).toBeGreaterThanOrEqual(0.1);
    expect(one.sun.elevation).toBeLessThan(0.2);
    expect(one.sun.azimuth).toBeNull();
    expect(one).toEqual({ ...CLEAR_DAY, light: 'dusk', colourSeed: 3, sun: one.sun });
  });
});
