import { describe, expect, it } from 'vitest';
import { Refusal } from '../refusal.ts';
import { listTracks, openTrack } from './catalogue.ts';
import { BUILT_IN_SEEDS, isInRange, SUITE_SEEDS, TRAINING_SEEDS } from './seeds.ts';

describe('the catalogue', () => {
  it('lists every track once, with figures that fit the track', () => {
    const entries = listTracks();
    expect(new Set(entries.map((entry) => entry.id)).size).toBe(entries.length);
    for (const entry of entries) {
      const track = openTrack(entry.id);
      expect(track.id).toBe(entry.id);
      expect(track.length).toBe(entry.length);
      expect(entry.minimumRadius).toBeGreaterThanOrEqual(12 - 1e-9);
      expect(entry.climb).toBeGreaterThanOrEqual(0);
      expect(isInRange(entry.seed, BUILT_IN_SEEDS)).toBe(true);
      expect(isInRange(entry.seed, SUITE_SEEDS) || isInRange(entry.seed, TRAINING_SEEDS)).toBe(false);
    }
  });

  it('opens seeded roads by family, seed and difficulty', () => {
    expect(openTrack('country:12:0.5').length).toBe(openTrack('country:12:0.5').length);
    expect(openTrack('country:12:0.5').length).not.toBe(openTrack('country:13:0.5').length);
    expect(openTrack('country:12').id).toBe('country:12');
  });

  it('paves a road with what its name says, and changes nothing else of it', () => {
    const named = openTrack('concrete-mile');
    const seeded = openTrack('motorway:500204:1');
    expect([named.surfaceKind, seeded.surfaceKind]).toEqual(['concrete', 'asphalt']);
    expect(named.pointAt(700)).toEqual(seeded.pointAt(700));
  });

  it.each([
    ['milbrook', /track milbrook: there is no such track; try millbrook/],
    ['contry:3', /country:<seed>/],
    ['country:x', /the seed is "x"; give a whole number/],
    ['country:1:2', /the difficulty is "2"; give a number from 0 to 1/],
    ['country:1:0.5:7', /there is no such track/],
    ['', /there is no such track/],
  ])('refuses "%s"', (id, message) => {
    expect(() => openTrack(id)).toThrow(Refusal);
    expect(() => openTrack(id)).toThrow(message);
  });
});
