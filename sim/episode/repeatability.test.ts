import { describe, expect, it } from 'vitest';
import { presetConditions } from '../conditions/presets.ts';
import { randomConditions } from '../conditions/random.ts';
import { createExpert } from '../drivers/expert.ts';
import { openTrack } from '../track/catalogue.ts';
import { LIGHT_TRAFFIC } from '../traffic/traffic-spec.ts';
import { Episode } from './episode.ts';
import type { EpisodeSpec } from './spec.ts';
import { driveAll, specWith } from './testing/drive.ts';

const SPECS: readonly EpisodeSpec[] = [
  specWith(),
  specWith({}, { seed: 2, traffic: LIGHT_TRAFFIC }),
  specWith(presetConditions('snow'), { track: 'switchback' }),
  specWith(presetConditions('icy-patches'), { seed: 3, actuation: 'torque' }),
  specWith(randomConditions(4), { seed: 4, traffic: LIGHT_TRAFFIC, track: 'old-quarter' }),
  specWith(presetConditions('wind'), { seed: 5, traffic: { leading: 3, oncoming: 0, parked: 0 } }),
];

describe('episodes', async () => {
  const expected: string[] = [];
  for (const spec of SPECS) expected.push((await driveAll(spec)).hash);

  it('are all different', () => {
    expect(new Set(expected).size).toBe(SPECS.length);
  });

  it('have the same hashes in reverse order', async () => {
    const hashes: string[] = [];
    for (const spec of SPECS.toReversed()) hashes.unshift((await driveAll(spec)).hash);
    expect(hashes).toEqual(expected);
  });

  it('have the same hashes side by side, tick by tick, on one shared track each', async () => {
    const tracks = new Map(SPECS.map(({ track }) => [track, openTrack(track)]));
    const episodes = SPECS.map((spec) => new Episode({ track: tracks.get(spec.track)!, spec, driver: createExpert() }));
    while (episodes.some((episode) => !episode.done)) {
      for (const episode of episodes) if (!episode.done) await episode.tick();
    }
    expect(episodes.map((episode) => episode.stateHash)).toEqual(expected);
  });

  it('leave a hash for each second, and part where they begin to differ', async () => {
    const { episode } = await driveAll(SPECS[1]!);
    expect(episode.secondHashes).toHaveLength(Math.floor(episode.time + 1e-9));
    expect(new Set(episode.secondHashes).size).toBe(episode.secondHashes.length);
    const PUSH = 4.5;
    const push = { kind: 'push', time: PUSH, duration: 1, force: 1e-6, towards: 'left' } as const;
    const pushed = await driveAll({ ...SPECS[1]!, disturbances: [push] });
    const parted = episode.secondHashes.findIndex((hash, i) => pushed.episode.secondHashes[i] !== hash);
    expect(parted + 1).toBe(Math.ceil(PUSH));
  });
});
