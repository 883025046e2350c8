import { describe, expect, it } from 'vitest';
import { listSuites } from '../../../headless/work/suites/open-suite.ts';
import { CLEAR_DAY } from '../../../sim/conditions/conditions.ts';
import { PRESET_NAMES, presetConditions } from '../../../sim/conditions/presets.ts';
import { randomConditions } from '../../../sim/conditions/random.ts';
import { conditionsOf, FIRST_SETUP, setupIn, setupSchema, specOf, withConditions, withPreset } from './setup.ts';

describe('the setup of a drive', () => {
  it('drives in all that has a name', () => {
    for (const name of PRESET_NAMES) {
      const choice = { ...FIRST_SETUP, ...withPreset(name), seed: 7 };
      expect(conditionsOf(choice)).toEqual({ ...presetConditions(name), colourSeed: 7 });
      expect(withConditions({ ...presetConditions(name), colourSeed: 7 })).toEqual(withPreset(name));
    }
  });

  it('drives every episode of the suites as they have it, but for those on road files', async () => {
    for (const { episodes } of await listSuites()) {
      for (const { route: _, id: __, disturbances: ___, weight: ____, traffic, trackHash, ...spec } of episodes) {
        // A road file lies beside its suite, and the page has the roads that are made from a seed.
        if (trackHash !== undefined) continue;
        const choice = {
          ...FIRST_SETUP,
          ...withConditions(spec.conditions),
          track: spec.track,
          seed: spec.seed,
          ...(traffic && { traffic }),
        };
        expect(setupSchema.parse(JSON.parse(JSON.stringify(choice)))).toEqual(choice);
        expect(specOf(choice)).toEqual({ ...spec, traffic: traffic ?? FIRST_SETUP.traffic });
      }
    }
  });

  it('brings back conditions that have no name', () => {
    const drawn = randomConditions(11);
    const back = { ...FIRST_SETUP, ...withConditions(drawn), seed: drawn.colourSeed };
    expect(back.exact).toEqual(drawn);
    expect(conditionsOf(back)).toEqual(drawn);
    // A slider moves what it is for, and nothing else.
    expect(conditionsOf({ ...back, friction: 0.4 })).toEqual({ ...drawn, friction: 0.4 });
  });

  it('takes from an address what is right in it', () => {
    const of = (query: string) => setupIn(new URLSearchParams(query), FIRST_SETUP);
    expect(of('driver=human&track=ring-north&seed=9')).toMatchObject({ driver: 'human', track: 'ring-north', seed: 9 });
    expect(conditionsOf(of('conditions=fog'))).toEqual({ ...presetConditions('fog'), colourSeed: 1 });
    expect(of('conditions=plague')).toEqual(FIRST_SETUP);
    expect(of('seed=many')).toEqual(FIRST_SETUP);
    expect(of('driver=constant:3').driver).toBe('constant:3');
    expect(of('driver=folder:/etc')).toEqual(FIRST_SETUP);
    expect(conditionsOf(FIRST_SETUP)).toEqual({ ...CLEAR_DAY, colourSeed: 1 });
  });
});
