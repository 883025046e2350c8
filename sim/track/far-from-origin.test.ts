import { describe, expect, it } from 'vitest';
import { CLEAR_DAY } from '../conditions/conditions.ts';
import { createExpert } from '../drivers/expert.ts';
import { Episode } from '../episode/episode.ts';
import { inFile } from './testing/in-file.ts';
import { FAR_PLACES, ROADS_ANYWHERE } from './testing/same-road-elsewhere.ts';
import type { Track } from './track.ts';

/** Coordinates of a file are doubles: in the tens of millions their last bit is worth 2 nm [m]. */
const ROUNDING = 1e-7;

async function worstErrorOf(track: Track): Promise<number> {
  const spec = { track: track.id, seed: 1, conditions: CLEAR_DAY, route: 150, actuation: 'angle' } as const;
  const episode = new Episode({ track, spec, driver: createExpert() });
  let worst = 0;
  while (!episode.done) worst = Math.max(worst, Math.abs((await episode.tick()).lateralError));
  return worst;
}

describe.each(Object.entries(ROADS_ANYWHERE))('a road from a file: %s', (format, roadAt) => {
  const near = roadAt({ x: 0, y: 0, z: 0 });

  it.each(FAR_PLACES)('is built round a near origin, and says where that is (%o)', (place) => {
    const far = roadAt(place);
    expect(far.length).toBeCloseTo(near.length, 6);
    for (let s = 0; s < near.length; s += 7.3) {
      const [one, other] = [near.pointAt(s), far.pointAt(s)];
      expect(Math.hypot(one.x - other.x, one.y - other.y, one.z - other.z)).toBeLessThan(ROUNDING);
      expect(Math.hypot(other.x, other.y, other.z)).toBeLessThan(1.01 * near.length);
      const [here, there] = [inFile(near, s), inFile(far, s)];
      const altitude = format === 'OpenDRIVE' ? place.z : 0;
      expect(there.x - place.x).toBeCloseTo(here.x, 6);
      expect(there.y - place.y).toBeCloseTo(here.y, 6);
      expect(there.z - altitude).toBeCloseTo(here.z, 6);
    }
  });

  it('is driven alike wherever it lies', async () => {
    const error = await worstErrorOf(near);
    expect(error).toBeGreaterThan(0);
    for (const place of FAR_PLACES) expect(await worstErrorOf(roadAt(place))).toBeCloseTo(error, 6);
  });
});
