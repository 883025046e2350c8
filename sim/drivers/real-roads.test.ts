import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { CLEAR_DAY } from '../conditions/conditions.ts';
import { Episode } from '../episode/episode.ts';
import { readCentreLine } from '../track/csv/centre-line.ts';
import { openDriveTrack } from '../track/opendrive/track.ts';
import { createExpert } from './expert.ts';

/** Roads that are always here, and more where they are beside the project. */
const FOLDERS = ['../track/opendrive/testing/reference/', '../../../shared/data/tracks/'].map(
  (folder) => new URL(folder, import.meta.url),
);
const roads = new Map<string, URL>();
for (const folder of FOLDERS.filter((one) => existsSync(one))) {
  for (const file of readdirSync(folder)) if (/\.(csv|xodr)$/.test(file)) roads.set(file, new URL(file, folder));
}

it.each([...roads])('the expert drives %s without an intervention', async (file, place) => {
  const text = readFileSync(place, 'utf8');
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
