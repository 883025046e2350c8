import { describe, expect, it } from 'vitest';
import { CLEAR_DAY } from '../../sim/conditions/conditions.ts';
import { openTrack } from '../../sim/track/catalogue.ts';
import { driveEpisode } from '../drive/drive-episode.ts';
import type { DriverMachine } from './machine.ts';
import { openDriver } from './open-driver.ts';
import { DRIVER_KINDS } from './registry.ts';
import { PULSE } from './testing/pulse.ts';

/** A machine without anything: what runs on it needs nothing but the world. */
const BARE: DriverMachine = {
  offers: new Set(),
  readModel: () => Promise.reject(new Error('there are no models')),
  openNetwork: () => Promise.reject(new Error('there are no networks')),
};

async function drive(reference: string, kinds = DRIVER_KINDS) {
  const opened = await openDriver(reference, BARE, { kinds });
  const track = openTrack('country:7');
  const spec = { track: track.id, seed: 1, conditions: CLEAR_DAY, route: 40, actuation: 'angle' } as const;
  const { result, trace } = await driveEpisode({ track, spec, driver: opened.createDriver() });
  return { opened, result, columns: trace.columns };
}

describe('opening a driver', () => {
  // What stands in `testing/pulse.ts` and one line here is all that a new kind of driver takes.
  it('drives with one that was added to the registry by a line', async () => {
    const { opened, columns } = await drive('pulse:0.5', [...DRIVER_KINDS, PULSE]);
    expect(opened).toMatchObject({ name: 'pulse:0.5', backend: 'none', adapter: 'none' });
    expect(opened.identity).toEqual({ path: 'pulse:0.5', digest: null });
    expect(opened.cameras).toBeUndefined();
    expect([...new Set(columns.steeringAngle.map(Math.abs))]).toEqual([0.5]);
    await expect(openDriver('pulse:0.5', BARE)).rejects.toThrow(/there is no driver of that name/);
    await expect(openDriver('puls:1', BARE, { kinds: [PULSE] })).rejects.toThrow(
      /did you mean pulse\? there are pulse:/,
    );
  });

  it('drives with each that needs nothing', async () => {
    expect((await drive('expert')).result).toMatchObject({ completed: 1, interventions: 0 });
    expect((await drive('weaving')).result.lateralRms).toBeGreaterThan((await drive('expert')).result.lateralRms);
    expect((await drive('drowsy')).result.completed).toBe(1);
  });

  it('stands or crawls where that was asked for', async () => {
    const standing = await drive('constant:0');
    expect(standing.result).toMatchObject({ interventions: 0 });
    expect(standing.columns.actualSpeed.at(-1)).toBeCloseTo(0, 2);
    const crawling = await drive('constant:1');
    expect(crawling.columns.actualSpeed.at(-1)).toBeCloseTo(1, 1);
    expect(crawling.result.completed).toBeLessThan(1);
    expect(crawling.opened.identity).toEqual({ path: 'constant:1', digest: null });
  });

  it('leaves a person to whoever has a seat', async () => {
    const seats = { ...BARE, offers: new Set(['person'] as const) };
    await expect(openDriver('human', seats)).rejects.toThrow(/seated/);
  });
});
