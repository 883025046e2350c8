import { distance } from 'fastest-levenshtein';
import { CLEAR_DAY, type Conditions } from '../../sim/conditions/conditions.ts';
import { type PresetName, presetConditions } from '../../sim/conditions/presets.ts';
import type { EpisodeSpec } from '../../sim/episode/spec.ts';
import { Refusal } from '../../sim/refusal.ts';
import { LIGHT_TRAFFIC } from '../../sim/traffic/traffic-spec.ts';

/** A named list of episodes that models are compared on. */
export interface Suite {
  readonly name: string;
  readonly description: string;
  readonly episodes: readonly EpisodeSpec[];
}

/** One episode, by what makes it differ from the others of its suite. */
function episode(track: string, seed: number, light: Conditions['light'], route: number): EpisodeSpec {
  return { track, seed, conditions: { ...CLEAR_DAY, light, colourSeed: seed }, route, actuation: 'angle' };
}

const SMOKE: Suite = {
  name: 'smoke',
  description: 'Four country roads, easy to middling, in three kinds of light: does the model drive at all?',
  episodes: [
    episode('country:900001:0.1', 900_001, 'day', 600),
    episode('country:900002:0.25', 900_002, 'overcast', 600),
    episode('country:900003:0.4', 900_003, 'dusk', 550),
    episode('country:900004:0.5', 900_004, 'day', 550),
  ],
};

const STANDARD: Suite = {
  name: 'standard',
  description: 'Twelve country roads, from easy to hard, in all kinds of light.',
  episodes: [
    episode('country:910001:0', 910_001, 'day', 700),
    episode('country:910002:0.1', 910_002, 'overcast', 700),
    episode('country:910003:0.2', 910_003, 'dusk', 700),
    episode('country:910004:0.3', 910_004, 'day', 700),
    episode('country:910005:0.4', 910_005, 'overcast', 700),
    episode('country:910006:0.5', 910_006, 'dusk', 700),
    episode('country:910007:0.6', 910_007, 'day', 700),
    episode('country:910008:0.7', 910_008, 'overcast', 700),
    episode('country:910009:0.8', 910_009, 'dusk', 700),
    episode('country:910010:0.9', 910_010, 'day', 700),
    episode('country:910011:0.95', 910_011, 'overcast', 700),
    episode('country:910012:1', 910_012, 'day', 700),
  ],
};

const FAMILIES: Suite = {
  name: 'families',
  description: 'Two roads of each of the six families, a middling one and a hard one.',
  episodes: [
    episode('training-loop:920001:0.5', 920_001, 'day', 450),
    episode('training-loop:920002:0.9', 920_002, 'overcast', 450),
    episode('country:920003:0.5', 920_003, 'dusk', 700),
    episode('country:920004:0.9', 920_004, 'day', 700),
    episode('motorway:920005:0.5', 920_005, 'overcast', 1500),
    episode('motorway:920006:0.9', 920_006, 'dusk', 1500),
    episode('circuit:920007:0.5', 920_007, 'day', 900),
    episode('circuit:920008:0.9', 920_008, 'overcast', 900),
    episode('town:920009:0.5', 920_009, 'dusk', 500),
    episode('town:920010:0.9', 920_010, 'day', 500),
    episode('mountain:920011:0.5', 920_011, 'overcast', 700),
    episode('mountain:920012:0.9', 920_012, 'day', 700),
  ],
};

/** A middling country road under conditions of that name. */
function under(preset: PresetName, seed: number): EpisodeSpec {
  const conditions = { ...presetConditions(preset), colourSeed: seed };
  return { track: `country:${seed}:0.4`, seed, conditions, route: 500, actuation: 'angle' };
}

const WEATHER: Suite = {
  name: 'weather',
  description:
    'Ten middling country roads, each under conditions of its own: light, weather, wind, ice, camera, delay.',
  episodes: [
    under('night', 930_001),
    under('low-sun', 930_002),
    under('fog', 930_003),
    under('rain', 930_004),
    under('snow', 930_005),
    under('leaves', 930_006),
    under('wind', 930_007),
    under('icy-patches', 930_008),
    under('slow-loop', 930_009),
    under('dirty-lens', 930_010),
  ],
};

const TRAFFIC: Suite = {
  name: 'traffic',
  description: 'Four roads shared with others: a car ahead, oncoming cars, parked ones.',
  episodes: ['country:940001:0.3', 'country:940002:0.6', 'town:940003:0.3', 'mountain:940004:0.4'].map((track, i) => ({
    ...episode(track, 940_001 + i, 'day', 500),
    traffic: LIGHT_TRAFFIC,
  })),
};

const SUITES: readonly Suite[] = [SMOKE, STANDARD, FAMILIES, WEATHER, TRAFFIC];

/** The built-in suites, quick ones first. */
export function listSuites(): readonly Suite[] {
  return SUITES;
}

/**
 * The built-in suite of that name.
 * @throws Refusal `unknown-suite` that names the nearest one
 */
export function openSuite(name: string): Suite {
  const suite = SUITES.find((candidate) => candidate.name === name);
  if (suite) return suite;
  const known = SUITES.map((candidate) => candidate.name);
  const nearest = [...known].sort((a, b) => distance(a, name) - distance(b, name))[0]!;
  const mend = `did you mean ${nearest}? There are ${known.join(', ')}`;
  throw new Refusal('unknown-suite', `suite ${name}`, 'there is no such suite', mend);
}
