import { describe, expect, it } from 'vitest';
import { CLEAR_DAY, type Conditions } from '../conditions/conditions.ts';
import { lightOf } from './light.ts';
import { paletteOf } from './palette.ts';

const KINDS = ['day', 'dusk', 'overcast', 'night'] as const;

function under(change: Partial<Conditions>) {
  return lightOf({ ...CLEAR_DAY, ...change });
}

describe('the light of an episode', () => {
  it.each(KINDS)('by %s comes from above the horizon and is the same for the same seed', (light) => {
    for (let colourSeed = 0; colourSeed < 30; colourSeed++) {
      const { sunDirection } = under({ light, colourSeed });
      expect(sunDirection.length()).toBeCloseTo(1, 12);
      expect(sunDirection.z).toBeGreaterThan(0.05);
      expect(under({ light, colourSeed })).toEqual(under({ light, colourSeed }));
    }
    expect(under({ light, colourSeed: 1 }).sunDirection).not.toEqual(under({ light, colourSeed: 2 }).sunDirection);
  });

  it('puts the sun where the conditions say', () => {
    const { sunDirection } = under({ sun: { azimuth: Math.PI / 2, elevation: Math.PI / 6 } });
    expect(sunDirection.toArray().map((value) => +value.toFixed(12))).toEqual([0, +Math.sqrt(0.75).toFixed(12), 0.5]);
  });

  it('adds the extinction of fog to that of the air', () => {
    const clear = under({});
    const fog = under({ weather: { ...CLEAR_DAY.weather, fog: 0.02 } });
    // Half of the contrast is left where the optical depth is ln 2: 1/v = 1/v0 + k / ln 2.
    expect(1 / fog.visibility).toBeCloseTo(1 / clear.visibility + 0.02 / Math.log(2), 12);
    expect(fog.sun.r).toBeLessThan(clear.sun.r / 2);
  });

  it('switches the headlamps on at night only', () => {
    expect(KINDS.map((light) => under({ light }).headlamps.r > 0)).toEqual([false, false, false, true]);
  });
});

describe('the colours of a scene', () => {
  it('belong to the seed, and keep paint lighter than asphalt', () => {
    for (let seed = 0; seed < 50; seed++) {
      const palette = paletteOf(seed);
      expect(palette).toEqual(paletteOf(seed));
      expect(palette.white.g).toBeGreaterThan(3 * palette.asphalt.g);
      expect(palette.grass.g).toBeGreaterThan(palette.grass.b);
    }
    expect(paletteOf(1).asphalt).not.toEqual(paletteOf(2).asphalt);
  });
});
