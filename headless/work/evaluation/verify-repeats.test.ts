import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { presetConditions } from '../../../sim/conditions/presets.ts';
import { RECORDING_PUSHES } from '../../../sim/disturbances/steering-pushes.ts';
import type { EpisodeSpec } from '../../../sim/episode/spec.ts';
import { LIGHT_TRAFFIC } from '../../../sim/traffic/traffic-spec.ts';

const REPEAT = fileURLToPath(new URL('./testing/verify-repeats.mjs', import.meta.url));
const PROCESSES = 4;
const REPEATS = 25;

/** All that moves, slips and disturbs at once. */
const SPEC: EpisodeSpec = {
  track: 'switchback',
  seed: 11,
  conditions: {
    ...presetConditions('wind'),
    frictionPatches: { perKilometre: 20, friction: 0.5 },
    delays: { computation: 0.03, actuator: 0.02 },
  },
  route: 60,
  actuation: 'torque',
  traffic: LIGHT_TRAFFIC,
  disturbances: [
    { ...RECORDING_PUSHES, pause: [0, 1] },
    { kind: 'push', time: [1, 2], duration: 0.3, force: [2000, 4000], towards: 'either' },
    { kind: 'yaw-kick', place: [10, 15], duration: 0.2, moment: 6000, towards: 'either' },
    { kind: 'gust', time: 2, duration: 2, speed: [5, 15], towards: 'either' },
    { kind: 'slippery-patch', place: [20, 30], length: 10, friction: [0.3, 0.6] },
    { kind: 'steering-stuck', time: [3, 4], duration: 0.3 },
  ],
};

it('gives one hash for 100 repeats of one episode in 4 processes', async () => {
  const run = async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [REPEAT, String(REPEATS), JSON.stringify(SPEC)]);
    return stdout.trim().split('\n');
  };
  const hashes = (await Promise.all(Array.from({ length: PROCESSES }, run))).flat();
  expect(hashes).toHaveLength(PROCESSES * REPEATS);
  expect(hashes[0]).toMatch(/^[0-9a-f]{32}$/);
  expect(new Set(hashes).size).toBe(1);
});
