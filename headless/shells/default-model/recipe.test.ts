import { describe, expect, it } from 'vitest';
import { isInRange, TRAINING_SEEDS } from '../../../sim/track/seeds.ts';
import { listSuites } from '../../work/suites/open-suite.ts';
import { trainingDrives } from './recipe.ts';

describe('what the default model learns from', async () => {
  const scored = (await listSuites()).flatMap((suite) => suite.episodes);

  it('shares no road, no seed and no colours with any suite', () => {
    for (const drive of trainingDrives()) {
      expect(isInRange(drive.seed, TRAINING_SEEDS)).toBe(true);
      for (const episode of scored) {
        expect(roadOf(drive.track)).not.toBe(roadOf(episode.track));
        expect(drive.seed).not.toBe(episode.seed);
        expect(drive.conditions.colourSeed).not.toBe(episode.conditions.colourSeed);
      }
    }
  });

  it('covers the lights and both ways to steer', () => {
    const drives = trainingDrives();
    expect(new Set(drives.map(({ conditions }) => conditions.light)).size).toBe(3);
    expect(new Set(drives.map(({ actuation }) => actuation))).toEqual(new Set(['angle', 'torque']));
  });
});

/** Family and seed, without the difficulty: two difficulties of one seed may look alike. */
function roadOf(track: string): string {
  return track.split(':').slice(0, 2).join(':');
}
