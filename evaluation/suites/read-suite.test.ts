import { describe, expect, it } from 'vitest';
import { CLEAR_DAY } from '../../sim/conditions/conditions.ts';
import { presetConditions } from '../../sim/conditions/presets.ts';
import { DISTURBANCES } from '../../sim/disturbances/registry.ts';
import { sampleDisturbance } from '../../sim/disturbances/testing/sample.ts';
import { episodeSpecSchema } from '../../sim/episode/spec-schema.ts';
import { Refusal } from '../../sim/refusal.ts';
import { LIGHT_TRAFFIC } from '../../sim/traffic/traffic-spec.ts';
import { parseSuite, readSuite } from './read-suite.ts';

const HEAD = { version: 1, name: 'mine', description: 'Mine.' };
const EPISODE = { id: 'one', track: 'country:7', seed: 7, route: 100 };

/** The only episode of a suite with this episode and these defaults. */
function only(episode: object = {}, defaults: object = {}) {
  return readSuite({ ...HEAD, defaults, episodes: [{ ...EPISODE, ...episode }] }, 'mine.json').episodes[0]!;
}

describe('a suite that a person writes', () => {
  it('need say no more than where and how far', () => {
    expect(only()).toEqual({
      id: 'one',
      track: 'country:7',
      seed: 7,
      conditions: { ...CLEAR_DAY, colourSeed: 7 },
      route: 100,
      actuation: 'angle',
    });
  });

  it('may say everything that an episode can hold', () => {
    const spec = {
      ...EPISODE,
      conditions: presetConditions('slow-loop'),
      actuation: 'torque',
      traffic: { leading: 2, oncoming: 1, parked: 0 },
      disturbances: [{ kind: 'push', time: [5, 8], duration: 0.3, force: 4000, towards: 'either' }],
    };
    expect(only(spec)).toEqual(spec);
    expect(episodeSpecSchema.parse(only(spec))).toEqual(spec);
  });

  it('lays an episode over the defaults, down to single conditions', () => {
    const defaults = { conditions: { preset: 'rain', camera: { noise: 0.02 } }, traffic: 'light', actuation: 'torque' };
    const rain = presetConditions('rain');
    expect(only({}, defaults)).toMatchObject({
      conditions: { ...rain, colourSeed: 7, camera: { ...rain.camera, noise: 0.02 } },
      traffic: LIGHT_TRAFFIC,
      actuation: 'torque',
    });
    const offset = { z: 0.2, pitch: -0.03 };
    const own = { conditions: { preset: 'fog', colourSeed: 3, camera: { offset } }, traffic: 'none' };
    const fog = presetConditions('fog');
    const camera = { ...fog.camera, noise: 0.02, offset: { ...fog.camera.offset, ...offset } };
    expect(only(own, defaults)).toMatchObject({
      conditions: { ...fog, colourSeed: 3, camera },
      traffic: { leading: 0, oncoming: 0, parked: 0 },
    });
    expect(only({ conditions: 'night' }, defaults).conditions.camera.noise).toBe(0.02);
  });

  it('gives episodes without a name one that stays, and tells all that they say', () => {
    const { id: _, ...nameless } = EPISODE;
    const idOf = (change: object = {}) =>
      readSuite({ ...HEAD, episodes: [{ ...nameless, ...change }] }, 'mine.json').episodes[0]!.id;
    expect(idOf()).toMatch(/^country-7-[0-9a-f]{8}$/);
    expect(idOf()).toBe(idOf({ conditions: 'clear-day' }));
    const others = [{ route: 101 }, { conditions: 'dusk' }, { seed: 8 }, { disturbances: [] }].map(idOf);
    expect(new Set([idOf(), ...others]).size).toBe(5);
  });

  it('may hold disturbances of a kind that was added', () => {
    const disturbances = [{ kind: 'gentle-brake', place: 20, length: 30, share: 0.5 }];
    const document = { ...HEAD, episodes: [{ ...EPISODE, disturbances }] };
    const kinds = [...DISTURBANCES, sampleDisturbance];
    expect(readSuite(document, 'mine.json', {}, kinds).episodes[0]!.disturbances).toEqual(disturbances);
    expect(() => readSuite(document, 'mine.json')).toThrow(/is "gentle-brake"; did you mean .*push/);
  });
});

describe('a suite that is wrong is refused by file, episode and field', () => {
  const push = { kind: 'push', time: 5, duration: 0.3, force: 4000, towards: 'left' };
  const disturbed = (change: object) => ({ disturbances: [push, { ...push, ...change }] });

  it.each<[object, RegExp]>([
    [
      { rout: 5 },
      /^mine\.json: episodes\.0 \(one\)\.rout: there is no such field; did you mean route\? There are id, /,
    ],
    [{ route: undefined }, /^mine\.json: episodes\.0 \(one\)\.route: is missing; give it here, or in `defaults`/],
    [{ seed: undefined }, /episodes\.0 \(one\)\.seed: is missing/],
    [{ route: 'far' }, /episodes\.0 \(one\)\.route: .*number.*; it is distance to drive along the road \[m\]$/],
    [{ id: '../x' }, /episodes\.0 \(\.\.\/x\)\.id: must be 1 to 80 letters/],
    [{ track: 'contry:7' }, /episodes\.0 \(one\)\.track: .*contry:7.*no such track; try country:<seed>/],
    [{ track: 'country:x' }, /episodes\.0 \(one\)\.track: .*the seed is "x"/],
    [
      { track: 'my-road.xodr' },
      /\(one\)\.track: my-road\.xodr: my-road\.xodr is not here; lay the road file where its suite says/,
    ],
    [{ conditions: 'rian' }, /episodes\.0 \(one\)\.conditions: is "rian"; did you mean rain\? There are clear-day, /],
    [{ conditions: { preset: 'rian' } }, /\.conditions\.preset: is "rian"; did you mean rain\?/],
    [
      { conditions: { camera: { nois: 1 } } },
      /\.conditions\.camera\.nois: there is no such field; did you mean noise\?/,
    ],
    [{ conditions: { camera: { noise: 2 } } }, /\.conditions\.camera\.noise: .*<=1/],
    [{ traffic: 'ligth' }, /\.traffic: is "ligth"; did you mean light\?/],
    [{ actuation: 'torqe' }, /\.actuation: is "torqe"; did you mean torque\?/],
    [disturbed({ kind: 'puhs' }), /\.disturbances\.1\.kind: is "puhs"; did you mean push\? There are push, yaw-kick, /],
    [
      disturbed({ froce: 1 }),
      /\.disturbances\.1\.froce: there is no such field; did you mean force\? There are kind, /,
    ],
    [disturbed({ force: 1e9 }), /\.disturbances\.1\.force: .*50000; it is of the push; .* \[N\]$/],
    [disturbed({ place: 5 }), /\.disturbances\.1: takes either a time or a place/],
    [disturbed({ time: [5, 4] }), /\.disturbances\.1\.time: a range ends before it begins/],
  ])('%j', (change, message) => {
    const document = JSON.stringify({ ...HEAD, episodes: [{ ...EPISODE, ...change }] });
    expect(() => parseSuite(document, 'mine.json')).toThrow(Refusal);
    expect(() => parseSuite(document, 'mine.json')).toThrow(message);
  });

  it.each<[unknown, RegExp]>([
    [null, /^mine\.json: the document: .*object/],
    [[], /^mine\.json: the document: /],
    [{ ...HEAD, episodes: [] }, /^mine\.json: episodes: /],
    [{ ...HEAD, episodes: [EPISODE], version: 2 }, /^mine\.json: version: /],
    [{ ...HEAD, episodes: [EPISODE], name: '../up' }, /^mine\.json: name: must be small letters/],
    [
      { ...HEAD, episodes: [EPISODE], defaults: { track: 'x' } },
      /^mine\.json: defaults\.track: there is no such field/,
    ],
    [
      { ...HEAD, episodes: [EPISODE, { ...EPISODE, seed: 8 }] },
      /^mine\.json: episodes\.1\.id: is one, as .*episodes\.0;/,
    ],
    [{ ...HEAD, episodes: Array.from({ length: 501 }, (_, i) => ({ ...EPISODE, id: `e${i}` })) }, /episodes: .*500/],
  ])('%#', (document, message) => {
    expect(() => readSuite(document, 'mine.json')).toThrow(message);
  });

  it('when it is no JSON, or means harm', () => {
    expect(() => parseSuite('{', 'mine.json')).toThrow(/^mine\.json: it is not JSON/);
    const evil = `{"version": 1, "name": "x", "description": "x", "episodes": [{"track": "country:7", "seed": 7, "route": 9,
      "conditions": {"__proto__": {"polluted": 1}, "camera": {"constructor": {"prototype": {"polluted": 1}}}}}]}`;
    expect(() => parseSuite(evil, 'mine.json')).toThrow(Refusal);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    expect(() => parseSuite(`{"version": 1, "x": ${deep}}`, 'mine.json')).toThrow(Refusal);
  });
});
