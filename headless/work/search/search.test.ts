import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parse } from 'parse5';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readRun } from '../../../models/runs/read-run.ts';
import { DiskStorage } from '../../machine/storage/disk.ts';
import { runProgram, startProgram, WHEELHOUSE } from '../../testing/run-program.ts';
import { TINY_NETWORK, writeTinyRecording } from '../training/testing/tiny-recording.ts';
import { parallelCoordinates } from './parallel-coordinates.ts';

let folder: string;
const at = (...parts: string[]) => path.join(folder, ...parts);
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'wheelhouse-search-'));
  await writeTinyRecording(at('tiny'), 200);
  await writeFile(at('search.json'), JSON.stringify(CONFIG));
});
afterAll(() => rm(folder, { recursive: true }));

const CONFIG = {
  method: 'grid',
  model: 'layers',
  network: TINY_NETWORK,
  training: { epochs: 2, batch: 4, warmUp: 0 },
  settings: { learningRate: [0.0001, 0.001, 0.01], optimiser: ['adam', 'sgd'], width: [24], height: [12], time: [3] },
};
const searchInto = (out: string, config = 'search.json') => [
  'search',
  config,
  'tiny',
  '--out',
  out,
  '--backend',
  'wasm',
];

it('killed at any moment, ends with the table of a search that was left alone', async () => {
  const alone = await runProgram(WHEELHOUSE, [...searchInto('alone'), '--json'], { cwd: folder });
  expect(alone.stderr).not.toMatch(/refused|fault/);
  const { rows } = JSON.parse(alone.stdout);
  expect(rows).toHaveLength(6);
  for (const { losses, mean, min, max } of rows) {
    expect(losses).toHaveLength(3);
    expect(new Set(losses).size).toBe(3);
    expect(mean).toBeCloseTo((losses[0] + losses[1] + losses[2]) / 3, 12);
    expect([min, max]).toEqual([Math.min(...losses), Math.max(...losses)]);
  }
  expect(rows.map((row: { mean: number }) => row.mean)).toEqual(
    rows.map((row: { mean: number }) => row.mean).sort((a: number, b: number) => a - b),
  );
  expect(rows[0].setting).toMatchObject({ optimiser: 'adam', learningRate: 0.01 });

  const { child, ended } = startProgram(WHEELHOUSE, searchInto('killed'), { cwd: folder });
  const trials = () => readdir(at('killed/trials')).catch(() => []);
  while ((await trials()).length < 7) await wait(10);
  child.kill('SIGKILL');
  expect((await ended).signal).toBe('SIGKILL');
  const done = await trials();
  expect(done.length).toBeLessThan(18);
  const again = await runProgram(WHEELHOUSE, searchInto('killed'), { cwd: folder });
  expect(again.code).toBe(0);
  for (const file of ['results.json', 'search.html']) {
    expect(await readFile(at('killed', file), 'utf8')).toBe(await readFile(at('alone', file), 'utf8'));
  }
  const other = { ...CONFIG, training: { epochs: 3 } };
  await writeFile(at('other.json'), JSON.stringify(other));
  const refused = await runProgram(WHEELHOUSE, searchInto('killed', 'other.json'), { cwd: folder });
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringMatching(/killed: it holds another search;/) });
}, 120_000);

it('trains what `wheelhouse train` trains with the same options, to the last bit', async () => {
  const config = { method: 'grid', settings: { learningRate: [0.003] }, training: { epochs: 1 }, seeds: [1, 2, 3] };
  await writeFile(at('defaults.json'), JSON.stringify(config));
  const searched = await runProgram(WHEELHOUSE, searchInto('defaults', 'defaults.json'), { cwd: folder });
  expect(searched.code, searched.stderr).toBe(0);
  const options = ['--learning-rate', '0.003', '--epochs', '1', '--seed', '2', '--backend', 'wasm'];
  const trained = await runProgram(WHEELHOUSE, ['train', 'tiny', '--out', 'alone-2', ...options], { cwd: folder });
  expect(trained.code, trained.stderr).toBe(0);
  const configOf = async (...run: string[]) => {
    const { out: _, ...kept } = (await readRun(new DiskStorage(at(...run)))).description.config;
    return kept;
  };
  expect(await configOf('defaults/trials/001-seed-2/run')).toEqual(await configOf('alone-2.run'));
  const weights = (...model: string[]) => readFile(at(...model, 'weights.bin'));
  expect((await weights('defaults/trials/001-seed-2/model')).equals(await weights('alone-2'))).toBe(true);
}, 120_000);

it('calls a trial failed that has diverged, and ranks it last', async () => {
  const settings = { learningRate: [1e6, 0.001], optimiser: ['sgd'] };
  const training = { ...CONFIG.training, width: 24, height: 12, time: 3 };
  await writeFile(at('lost.json'), JSON.stringify({ ...CONFIG, training, settings }));
  const searched = await runProgram(WHEELHOUSE, [...searchInto('lost', 'lost.json'), '--json'], { cwd: folder });
  expect(searched.code, searched.stderr).toBe(0);
  const { rows } = JSON.parse(searched.stdout);
  expect(rows).toMatchObject([{ setting: { learningRate: 0.001 }, mean: expect.any(Number) }, { mean: null }]);
  expect(rows[1].losses).toEqual([null, null, null]);
  const result = JSON.parse(await readFile(at('lost/trials/001-seed-1/result.json'), 'utf8'));
  expect(result).toEqual({ loss: null, failed: expect.stringMatching(/diverged|not finite|no number/) });
}, 120_000);

it('escapes names in its picture and draws a line for each setting', () => {
  const setting = (value: string) => ({ '<b>"x': value, rate: 0.1 });
  const row = (index: number, mean: number) => ({ index, losses: [mean], mean, min: mean, max: mean });
  const page = parallelCoordinates('<script>', [
    { ...row(0, 0.1), setting: setting('<img>') },
    { ...row(1, 0.2), setting: setting('b') },
  ]);
  expect(page).not.toMatch(/<script>|<img>|<b>/);
  expect(page.match(/<path /g)).toHaveLength(2);
  expect(page).not.toMatch(/NaN|undefined/);
  expect(parse(page).mode).toBe('no-quirks');
});
