import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { CLEAR_DAY } from '../conditions/conditions.ts';
import { Episode } from '../episode/episode.ts';
import { readCentreLine } from '../track/csv/centre-line.ts';
import { openDriveTrack } from '../track/opendrive/track.ts';
import { createExpert } from './expert.ts';

const FOLDER = new URL('../../../shared/data/tracks/', import.meta.url);
const files = existsSync(FOLDER) ? readdirSync(FOLDER).filter((file) => /\.(csv|xodr)$/.test(file)) : [];

if (files.length === 0) it.skip('no roads at ../shared/data/tracks', () => {});
else {
  it.each(files)('the expert drives %s without an intervention', async (file) => {
    const text = readFileSync(new URL(file, FOLDER), 'utf8');
    const track = file.endsWith('.csv') ? readCentreLine(text, file) : openDriveTrack(text, file);
    const route = track.closed ? track.length : track.length - 10;
    const spec = { track: file, seed: 1, conditions: CLEAR_DAY, route, actuation: 'angle' } as const;
    const episode = new Episode({ track, spec, driver: createExpert() });
    let worst = 0;
    while (!episode.done) {
      const tick = await episode.tick();
      expect(tick.intervened).toBe(false);
      worst = Math.max(worst, Math.abs(tick.lateralError));
    }
    expect(episode.completed).toBe(1);
    expect(worst).toBeLessThan(0.5);
  });
}
