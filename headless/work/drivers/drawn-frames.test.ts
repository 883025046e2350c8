import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { driveEpisode } from '../../../evaluation/drive/drive-episode.ts';
import type { Command } from '../../../sim/command.ts';
import { CLEAR_DAY, type Conditions } from '../../../sim/conditions/conditions.ts';
import type { Driver, Observation } from '../../../sim/drivers/driver.ts';
import { Episode } from '../../../sim/episode/episode.ts';
import { CONTROL_PERIOD, type EpisodeSpec } from '../../../sim/episode/spec.ts';
import { openTrack } from '../../../sim/track/catalogue.ts';
import { openTestGpu } from '../../machine/gpu/testing/open-test-gpu.ts';
import { type OpenedDriver, openDriver } from './open-driver.ts';

const probe = await openTestGpu();
probe.gpu?.close();

const TICKS = 12;
const track = openTrack('country:900003:0.4');

describe.skipIf(!probe.gpu)(`frames that stay where they are drawn${probe.reason}`, () => {
  let opened: OpenedDriver;
  beforeAll(async () => {
    opened = await openDriver('default', { backend: 'webgpu' });
  });
  afterAll(() => opened.close());

  function specWith(camera: Partial<Conditions['camera']> = {}): EpisodeSpec {
    const conditions = { ...CLEAR_DAY, camera: { ...CLEAR_DAY.camera, ...camera } };
    return { track: track.id, seed: 3, conditions, route: 100, actuation: 'angle' };
  }

  /** Drives some ticks, and counts how often the processor waited for the device's memory. */
  async function drive(driver: Driver, camera?: Partial<Conditions['camera']>, captureAlways = false) {
    const spec = specWith(camera);
    const mounted = await opened.cameras!.mount(track, spec.conditions);
    const episode = new Episode({ track, spec, driver, cameras: mounted.sources, captureAlways });
    const reads = vi.spyOn(GPUBuffer.prototype, 'mapAsync');
    try {
      const ticks = [];
      for (let i = 0; i < TICKS; i++) ticks.push(await episode.tick());
      return { ticks, reads: reads.mock.calls.length };
    } finally {
      reads.mockRestore();
      mounted.dispose();
    }
  }

  /** The same driver, which is given bytes. */
  const byBytes = (driver: Driver): Driver => ({ ...driver, takesDrawn: () => false });

  it('drive as their bytes do, to 1e-5, and nothing but the command is read back', async () => {
    const near = await drive(opened.createDriver());
    const far = await drive(byBytes(opened.createDriver()));
    expect(far.reads - near.reads).toBe(TICKS);
    expect(near.reads).toBe(TICKS);
    for (const [i, { command, frames }] of near.ticks.entries()) {
      expect(frames).toEqual({});
      expect(far.ticks[i]!.frames.centre).toBeDefined();
      expectSame(command, far.ticks[i]!.command);
    }
  });

  it('are answered as their bytes are, under way for a while and now and then lost', async () => {
    const camera = { delay: 0.15, dropped: 0.2 };
    const [near, far] = [opened.createDriver(), opened.createDriver()];
    let seen = 0;
    const both: Driver = {
      ...near,
      start: (view) => void [near.start(view), far.start(view)],
      async drive(observation: Observation) {
        const drawn = observation.drawn?.centre;
        expect(observation.frames).toEqual({});
        if (drawn !== undefined) {
          expect(drawn.time).toBeCloseTo(Math.max(0, observation.time - 3 * CONTROL_PERIOD), 9);
          seen++;
        }
        const frames = drawn === undefined ? {} : { centre: await drawn.read() };
        const command = await near.drive(observation);
        expectSame(command, await far.drive({ frames, speed: observation.speed, time: observation.time }));
        return command;
      },
    };
    await drive(both, camera);
    expect(seen).toBeGreaterThan(TICKS / 2);
    expect(seen).toBeLessThan(TICKS);
  });

  it('are bytes where the sensor changes pixels, and black bytes where the camera is blanked', async () => {
    const watch = async (camera: Partial<Conditions['camera']>) => {
      const inner = opened.createDriver();
      const seen: Observation[] = [];
      const watcher: Driver = {
        ...inner,
        drive(observation) {
          seen.push(observation);
          return inner.drive(observation);
        },
      };
      await drive(watcher, camera);
      return seen;
    };
    for (const { frames, drawn } of await watch({ noise: 0.05 })) {
      expect(drawn).toEqual({});
      expect(frames.centre!.pixels.some((value) => value > 0)).toBe(true);
    }
    for (const { frames, drawn } of await watch({ blank: true })) {
      expect(drawn).toEqual({});
      expect(frames.centre!.pixels.every((value) => value === 0)).toBe(true);
    }
  });

  it('are read as well where they are recorded, and the drive stays the same to the bit', async () => {
    const alone = await drive(opened.createDriver());
    const recorded = await drive(opened.createDriver(), undefined, true);
    expect(recorded.reads).toBe(2 * TICKS);
    const bytes = await drive(byBytes(opened.createDriver()));
    for (const [i, { command, frames }] of recorded.ticks.entries()) {
      expect(command).toEqual(alone.ticks[i]!.command);
      expect(frames.centre!.pixels).toHaveLength(160 * 64 * 3);
      if (i === 0) expect(frames.centre).toEqual(bytes.ticks[0]!.frames.centre);
    }
  });

  it('are read in an evaluated episode for the strip of pictures alone, and when a picture is asked for', async () => {
    const spec = { ...specWith(), route: 4 };
    const mounted = await opened.cameras!.mount(track, spec.conditions);
    const reads = vi.spyOn(GPUBuffer.prototype, 'mapAsync');
    let ticks = 0;
    const { frames } = await driveEpisode({
      track,
      spec,
      driver: opened.createDriver(),
      cameras: mounted.sources,
      wantsFrames: () => ticks === 5,
      onTick({ index, frames: seen }) {
        ticks++;
        expect('centre' in seen).toBe(index === 5 || index % (2 / CONTROL_PERIOD) === 0);
      },
    });
    expect(ticks).toBeGreaterThan(6);
    expect(reads.mock.calls.length).toBe(ticks + frames.length + 1);
    reads.mockRestore();
    mounted.dispose();
  });
});

function expectSame(command: Command, expected: Command): void {
  for (const key of ['steeringAngle', 'speed', 'torque'] as const) {
    // Written so that a NaN fails, too.
    if (!(Math.abs(command[key] - expected[key]) < 1e-5)) expect(command).toEqual(expected);
  }
}
