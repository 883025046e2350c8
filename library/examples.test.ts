import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runProgram } from '../headless/testing/run-program.ts';

const EXAMPLES = path.resolve(import.meta.dirname, '../examples');
/** The package names its sources, for who runs them as they are. */
const FROM_SOURCE = [
  '--conditions=source',
  `--import=${pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href}`,
].join(' ');

let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(path.join(os.tmpdir(), 'wheelhouse-examples-'));
});
afterAll(() => rm(scratch, { recursive: true }));

/** Runs an example to its own end; whatever it opened must not hold it up. */
async function run(name: string, ...args: string[]): Promise<string> {
  const env = { NODE_OPTIONS: FROM_SOURCE };
  const { code, stdout, stderr } = await runProgram(path.join(EXAMPLES, name), args, { env, cwd: scratch });
  expect(code, stderr).toBe(0);
  return stdout;
}

it('drives the expert over a road and prints its scores', async () => {
  const said = await run('drive-the-expert.mjs');
  expect(said).toMatch(
    /^country:7: \d+\.\d s of driving\ncompleted: 1 \nautonomy: 100 %\ndriving score: 100 %\ninterventions: 0 \n/,
  );
  expect(said).toMatch(/\nstate hash: [0-9a-f]{32}\n$/);
});

it('records, trains a tiny network, and lets it drive', async () => {
  const said = await run('train-and-drive.mjs', path.join(scratch, 'work'));
  expect(said).toMatch(/^recorded: \d{3} samples\ncolumns: time, steeringAngle, speed, /);
  expect(said).toMatch(/\ntrained: 2 epochs, best loss 0\.\d{4}\ndrove: \d+ % of the route, \d+ interventions\n$/);
  expect((await readdir(path.join(scratch, 'work'))).sort()).toEqual(['drive', 'model', 'model.run']);
  expect(await readdir(path.join(scratch, 'work/model'))).toContain('model.json');
});

it('checks a driver of one’s own and compares it with the expert', async () => {
  const said = await run('a-driver-of-ones-own.mjs');
  expect(said.match(/^ok {3}/gm)).toHaveLength(7);
  expect(said).not.toContain('FAIL');
  expect(said).toMatch(/^autonomy: pursuer \d+(\.\d+)? %, expert 100 %$/m);
  const [, mine, experts] = /^lateralRms: (\S+) against (\S+)$/m.exec(said)!;
  expect(Number(mine)).toBeGreaterThan(Number(experts));
});

it('runs every example there is', async () => {
  expect((await readdir(EXAMPLES)).filter((name) => name.endsWith('.mjs')).sort()).toEqual([
    'a-driver-of-ones-own.mjs',
    'drive-the-expert.mjs',
    'train-and-drive.mjs',
  ]);
});
