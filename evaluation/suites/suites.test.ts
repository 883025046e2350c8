import { describe, expect, it } from 'vitest';
import { Refusal } from '../../sim/refusal.ts';
import { BUILT_IN_ROADS } from '../../sim/track/built-in-roads.ts';
import { openTrack } from '../../sim/track/catalogue.ts';
import { BUILT_IN_SEEDS, isInRange, SUITE_SEEDS, TRAINING_SEEDS } from '../../sim/track/seeds.ts';
import { listSuites, openSuite } from './suites.ts';

it('keeps the ranges of seeds apart', () => {
  const ranges = [TRAINING_SEEDS, BUILT_IN_SEEDS, SUITE_SEEDS].sort((a, b) => a.first - b.first);
  for (const range of ranges) expect(range.first).toBeLessThanOrEqual(range.last);
  for (let i = 1; i < ranges.length; i++) expect(ranges[i]!.first).toBeGreaterThan(ranges[i - 1]!.last);
});

describe.each(listSuites().map((suite) => [suite.name, suite] as const))('suite %s', (name, suite) => {
  it('is opened by its name and has episodes', () => {
    expect(openSuite(name)).toBe(suite);
    expect(suite.episodes.length).toBeGreaterThanOrEqual(4);
  });

  it('drives on roads and with seeds that nothing is trained on', () => {
    for (const { track, seed } of suite.episodes) {
      const [, roadSeed] = track.split(':');
      expect(isInRange(Number(roadSeed), SUITE_SEEDS)).toBe(true);
      expect(isInRange(seed, SUITE_SEEDS)).toBe(true);
      expect(BUILT_IN_ROADS.some((road) => road.id === track)).toBe(false);
    }
    expect(new Set(suite.episodes.map((episode) => episode.track)).size).toBe(suite.episodes.length);
  });

  it('has routes that fit on its roads', () => {
    for (const { track, route } of suite.episodes) {
      const { closed, length } = openTrack(track);
      expect(route).toBeGreaterThan(100);
      if (!closed) expect(route).toBeLessThan(length);
    }
  });
});

it('refuses an unknown suite and names the nearest', () => {
  expect(() => openSuite('smoek')).toThrow(Refusal);
  expect(() => openSuite('smoek')).toThrow(/suite smoek: there is no such suite; did you mean smoke\?/);
});
