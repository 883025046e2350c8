import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { listSuites, openSuite } from '../../headless/work/suites/open-suite.ts';
import { createExpert } from '../../sim/drivers/expert.ts';
import { Episode } from '../../sim/episode/episode.ts';
import { BUILT_IN_ROADS } from '../../sim/track/built-in-roads.ts';
import { openTrack } from '../../sim/track/catalogue.ts';
import { BUILT_IN_SEEDS, isInRange, SUITE_SEEDS, TRAINING_SEEDS } from '../../sim/track/seeds.ts';
import { openEpisodeTrack } from '../roads/road-files.ts';
import { parseSuite } from './read-suite.ts';
import { suiteJsonSchema } from './suite-schema.ts';

const PUBLISHED = path.resolve(import.meta.dirname, '../../docs/schemas/suite.schema.json');

it('keeps the ranges of seeds apart', () => {
  const ranges = [TRAINING_SEEDS, BUILT_IN_SEEDS, SUITE_SEEDS].sort((a, b) => a.first - b.first);
  for (const range of ranges) expect(range.first).toBeLessThanOrEqual(range.last);
  for (let i = 1; i < ranges.length; i++) expect(ranges[i]!.first).toBeGreaterThan(ranges[i - 1]!.last);
});

const suites = await listSuites();

it('every suite of the folder is listed by the name of its file', () => {
  const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.json'));
  expect(suites.map(({ name }) => `${name}.json`).toSorted()).toEqual(files.toSorted());
});

describe.each(suites.map((suite) => [suite.name, suite] as const))('suite %s', (name, suite) => {
  it('is opened by its name and has episodes, each with a name of its own', async () => {
    expect(await openSuite(name)).toEqual(suite);
    expect(suite.episodes.length).toBeGreaterThanOrEqual(4);
    expect(new Set(suite.episodes.map(({ id }) => id)).size).toBe(suite.episodes.length);
    const worlds = suite.episodes.map(({ id: _, ...world }) => JSON.stringify(world));
    expect(new Set(worlds).size).toBe(suite.episodes.length);
  });

  it('drives on roads and with seeds that nothing is trained on', () => {
    for (const { track, trackHash, seed } of suite.episodes) {
      expect(isInRange(seed, SUITE_SEEDS)).toBe(true);
      if (trackHash !== undefined) continue;
      const [, roadSeed] = track.split(':');
      expect(isInRange(Number(roadSeed), SUITE_SEEDS)).toBe(true);
      expect(BUILT_IN_ROADS.some((road) => road.id === track)).toBe(false);
    }
  });

  it('has routes that fit on its roads', () => {
    for (const spec of suite.episodes) {
      const { closed, length } = openEpisodeTrack(spec, suite.roads);
      expect(spec.route).toBeGreaterThan(100);
      if (!closed) expect(spec.route, spec.id).toBeLessThan(length);
    }
  });
});

/** Digests of what was driven before suites were files; scores of then and now compare. */
const DIGESTS = {
  smoke: 'eca70337cf1334ea',
  standard: '215ff251ff7410fa',
  families: 'a9d1a3afdd04e4d1',
  weather: '90c2f6ee7bbe95a2',
  traffic: '21f42cd9c2bbe268',
};

it.each(Object.entries(DIGESTS))('%s asks what it has asked from the beginning', async (name, digest) => {
  // The weather of today goes on after that of the beginning.
  const episodes = (await openSuite(name)).episodes.slice(0, name === 'weather' ? 10 : undefined);
  const worlds = episodes.map(({ id: _, ...world }) => JSON.stringify(sorted(world)));
  expect(createHash('sha256').update(worlds.join('\n')).digest('hex').slice(0, 16)).toBe(digest);
  expect(new Set(episodes.map(({ track }) => track)).size).toBe(episodes.length);
});

it('the smoke suite is driven through the states that it has always been', async () => {
  const hashes: string[] = [];
  for (const spec of (await openSuite('smoke')).episodes) {
    const episode = new Episode({ track: openTrack(spec.track), spec, driver: createExpert(), timeLimit: 8 });
    while (!episode.done) await episode.tick();
    hashes.push(episode.stateHash);
  }
  expect(hashes).toEqual([
    'a8957e1026d7cd6bd2128ae58bb34539',
    '473f5ab5d830aee04ad589b72ce081f5',
    'e7bb0c7207f0abfcb1474f42198157ad',
    '5dff713327c3bb9d8d769d2d7e2542fe',
  ]);
});

it('the published schema is that of the program; `npx vitest -u` writes it', async () => {
  const text = `${JSON.stringify(suiteJsonSchema(), null, 2)}\n`;
  await expect(text).toMatchFileSnapshot(PUBLISHED);
});

it('the published schema takes the files there are, and finds what is wrong by itself', async () => {
  const published = z.fromJSONSchema(JSON.parse(await readFile(PUBLISHED, 'utf8')));
  for (const { name } of suites) {
    const document = JSON.parse(await readFile(path.join(import.meta.dirname, `${name}.json`), 'utf8'));
    expect(published.safeParse(document).error).toBeUndefined();
    for (const wrong of [{ rout: 1 }, { route: 'far' }, { conditions: 'rian' }, { disturbances: [{ kind: 'puhs' }] }]) {
      const [first, ...others] = document.episodes;
      const episodes = [{ ...first, ...wrong }, ...others];
      expect(published.safeParse({ ...document, episodes }).success, JSON.stringify(wrong)).toBe(false);
    }
  }
});

it('docs/suites.md shows a suite that is one', async () => {
  const page = await readFile(path.resolve(import.meta.dirname, '../../docs/suites.md'), 'utf8');
  const [, example] = /```json\n([^`]*)```/.exec(page)!;
  expect(parseSuite(example!, 'docs/suites.md').episodes.map(({ id }) => id)).toEqual(['in-peace', 'pushed']);
  const [episode] = JSON.parse(example!).episodes.toReversed();
  for (const field of Object.keys(episode)) expect(page).toContain(`| \`${field}\` |`);
});

/** The fields of every object in order. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const fields = Object.entries(value).map(([name, part]) => [name, sorted(part)] as const);
  return Object.fromEntries(fields.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
