import { describe, expect, it } from 'vitest';
import { episodeResultSchema } from '../../../evaluation/files/evaluation.ts';
import { runProgram, WHEELHOUSE } from '../../testing/run-program.ts';

async function drive(...args: string[]) {
  const { code, stdout } = await runProgram(WHEELHOUSE, ['drive', '--json', '--route', '60', ...args]);
  expect(code).toBe(0);
  return episodeResultSchema.parse(JSON.parse(stdout));
}

describe('wheelhouse drive', () => {
  it('prints one episode, the same at every run', async () => {
    const args = ['--driver', 'default', '--track', 'country:900001:0.1', '--seed', '900001', '--backend', 'wasm'];
    const [first, second] = [await drive(...args), await drive(...args)];
    expect(first).toMatchObject({ track: 'country:900001:0.1', seed: 900_001, completed: 1, interventions: 0 });
    expect(second).toEqual({ ...first, wallSeconds: second.wallSeconds });
  });

  it('steers by torque as well', async () => {
    const result = await drive('--track', 'country:7', '--actuate', 'torque');
    expect(result).toMatchObject({ completed: 1, autonomy: 100, interventions: 0 });
    expect(result.lateralRms).toBeLessThan(0.2);
  });
});
