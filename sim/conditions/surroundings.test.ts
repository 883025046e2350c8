import { describe, expect, it } from 'vitest';
import { openTrack } from '../track/catalogue.ts';
import { CLEAR_DAY } from './conditions.ts';
import { FrictionField, placeFrictionPatches } from './friction-field.ts';
import { Wind, windOf } from './wind.ts';

describe('wind', () => {
  const PERIOD = 0.05;
  const blow = (speed: number, gust: number, seed: number, ticks: number) => {
    const wind = new Wind({ speed, direction: Math.PI / 2, gust }, seed, PERIOD);
    return Array.from({ length: ticks }, () => ({ ...wind.next() }));
  };
  const std = (values: number[]) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  };

  it('is nothing when the air stands still', () => {
    expect(windOf(CLEAR_DAY.wind, 1, PERIOD)).toBeNull();
  });

  it('blows where it was told to', () => {
    for (const { x, y } of blow(6, 0, 1, 10)) {
      expect(x).toBeCloseTo(0, 12);
      expect(y).toBeCloseTo(6, 12);
    }
  });

  it('gusts with the standard deviation that was asked for, and less across', () => {
    // 200 stretches of 60 s: 4000 independent gusts, so the standard deviation is known to about 2 %.
    const air = Array.from({ length: 200 }, (_, seed) => blow(6, 2, seed, 1200)).flat();
    expect(std(air.map(({ y }) => y)) / 2).toBeCloseTo(1, 1);
    expect(std(air.map(({ x }) => x)) / 2).toBeCloseTo(0.75, 1);
    expect(air.reduce((sum, { y }) => sum + y, 0) / air.length).toBeCloseTo(6, 0);
  });

  it('changes slowly: what is left of a gust after its time is 1/e', () => {
    const pairs = Array.from({ length: 4000 }, (_, seed) => blow(0, 1, seed, 61)).map((air) => [air[0]!.y, air[60]!.y]);
    const product = pairs.reduce((sum, [before, after]) => sum + before! * after!, 0) / pairs.length;
    expect(product).toBeGreaterThan(Math.exp(-1) - 0.07);
    expect(product).toBeLessThan(Math.exp(-1) + 0.07);
  });

  it('is the same for a seed and another for another', () => {
    expect(blow(6, 2, 3, 50)).toEqual(blow(6, 2, 3, 50));
    expect(blow(6, 2, 3, 50)).not.toEqual(blow(6, 2, 4, 50));
  });
});

describe('friction along and across the road', () => {
  const track = openTrack('country:5');
  const conditions = { ...CLEAR_DAY, friction: 0.8, frictionPatches: { perKilometre: 20, friction: 0.5 } };
  const patches = placeFrictionPatches(track, conditions.frictionPatches, 1);

  it('has as many patches as were asked for, each where the seed says', () => {
    const expected = (20 * track.length) / 1000;
    expect(Math.abs(patches.length - expected)).toBeLessThan(4 * Math.sqrt(expected));
    expect(placeFrictionPatches(track, conditions.frictionPatches, 1)).toEqual(patches);
    expect(placeFrictionPatches(track, conditions.frictionPatches, 2)).not.toEqual(patches);
  });

  it('is low inside every patch and as on the road outside', () => {
    const field = new FrictionField(track, conditions, 1);
    for (const { from, to, left, right } of patches) {
      for (const share of [0.01, 0.5, 0.99]) {
        const s = from + share * (to - from);
        const middle = (left + right) / 2;
        expect(field.at(track.closed ? s % track.length : s, middle)).toBeCloseTo(0.4, 12);
        const covers = (lateral: number) =>
          patches.some((one) => s >= one.from && s < one.to && lateral < one.left && lateral > one.right);
        if (!covers(left + 0.01)) expect(field.at(s, left + 0.01)).toBeCloseTo(0.8, 12);
      }
    }
  });

  it('is the same everywhere without patches', () => {
    const field = new FrictionField(track, { ...CLEAR_DAY, friction: 0.7 }, 1);
    expect(field.at(10, 0)).toBe(0.7);
    expect(field.at(300, -2)).toBe(0.7);
  });
});
