import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMetrics } from '../../../models/runs/read-metrics.ts';
import { readRun } from '../../../models/runs/read-run.ts';
import { DiskStorage } from '../../machine/storage/disk.ts';
import { runProgram, WHEELHOUSE } from '../../testing/run-program.ts';
import { writeTinyRecording } from '../training/testing/tiny-recording.ts';

/** Runs that were cut off, as the first versions of the command line and the app left them. */
const FIXTURES = path.join(import.meta.dirname, 'testing');
let folder: string;
const at = (...parts: string[]) => path.join(folder, ...parts);
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'wheelhouse-old-runs-'));
  await writeTinyRecording(at('tiny'), 200);
  await cp(path.join(FIXTURES, 'old-command-line-run'), at('old.run'), { recursive: true });
  const run = JSON.parse(await readFile(at('old.run/run.json'), 'utf8'));
  Object.assign(run.config, { recordings: [at('tiny')], out: at('old') });
  await writeFile(at('old.run/run.json'), JSON.stringify(run));
  await cp(at('tiny'), at('library/recordings/a-little-of-everything'), { recursive: true });
  await cp(path.join(FIXTURES, 'old-app-run'), at('library/runs/old'), { recursive: true });
});
afterAll(() => rm(folder, { recursive: true }));

async function epochsOf(run: string) {
  const storage = new DiskStorage(at(run));
  const lines = await readMetrics(storage);
  await storage.close();
  return lines.flatMap((line) => (line.kind === 'epoch' ? line : []));
}

describe('a run of an earlier version', () => {
  it('of the command line is read, its steps counted from the beginning, and goes on', async () => {
    const storage = new DiskStorage(at('old.run'));
    expect(await readRun(storage)).toMatchObject({
      note: expect.stringMatching(/begun by an earlier version; .*option clip is called gradientClipping now/),
      summary: null,
      description: {
        name: 'old',
        status: 'running',
        config: { recordings: [{ folder: at('tiny') }], backend: 'wasm', out: at('old') },
        data: { recordings: [{ name: 'tiny', samples: 200, reference: { folder: at('tiny') } }] },
        environment: { runtime: 'Node v20.20.2' },
      },
    });
    const steps = (await readMetrics(storage)).map(({ kind, ...line }) => [kind, 'step' in line ? line.step : null]);
    const epoch = (step: number) => ['step', 'examination', 'epoch'].map((kind) => [kind, step]);
    expect(steps).toEqual([...epoch(7), ...epoch(14)]);
    const before = await epochsOf('old.run');

    const resumed = await runProgram(WHEELHOUSE, ['train', '--resume', 'old.run'], { cwd: folder });
    expect(resumed, resumed.stderr).toMatchObject({ code: 0, stderr: expect.stringMatching(/an earlier version/) });
    const after = await epochsOf('old.run');
    expect(after.slice(0, 2)).toEqual(before);
    expect(after.map(({ step }) => step)).toEqual([7, 14, 21, 28]);
    expect(JSON.parse(await readFile(at('old.run/run.json'), 'utf8'))).toMatchObject({
      version: 2,
      status: 'finished',
    });
    // As one that was left alone, but for the last bits of the machine that began it.
    const { config } = (await readRun(storage)).description;
    await writeFile(at('options.json'), JSON.stringify(config.training));
    await writeFile(at('network.json'), JSON.stringify(config.networkOptions));
    const settings = ['--network', 'network.json', '--options', 'options.json', '--size', '24x12', '--time', '4'];
    const alone = await runProgram(WHEELHOUSE, ['train', 'tiny', '--out', 'new', ...settings, '--backend', 'wasm'], {
      cwd: folder,
    });
    expect(alone, alone.stderr).toMatchObject({ code: 0 });
    const losses = (await epochsOf('new.run')).map(({ validationLoss }) => validationLoss);
    for (const [i, { validationLoss }] of after.entries()) expect(validationLoss).toBeCloseTo(losses[i]!, 4);
    await storage.close();
  });

  it('of the app is read, and goes on at the command line, which finds its recordings in the library', async () => {
    const storage = new DiskStorage(at('library/runs/old'));
    expect(await readRun(storage)).toMatchObject({
      note: expect.stringMatching(/kept no hash of the recordings/),
      summary: null,
      description: {
        status: 'paused',
        config: { recordings: [{ id: 'a-little-of-everything' }], networkOptions: { layers: { length: 4 } } },
        data: null,
      },
    });
    const lines = await readMetrics(storage);
    expect(lines.map(({ kind, ...line }) => [kind, 'step' in line ? line.step : null])).toEqual([
      ['plan', null],
      ['step', 4],
      ['examination', 4],
      ['epoch', 4],
    ]);
    const resumed = await runProgram(WHEELHOUSE, ['train', '--resume', at('library/runs/old')]);
    expect(resumed, resumed.stderr).toMatchObject({ code: 0, stderr: expect.stringMatching(/was not checked/) });
    expect((await epochsOf('library/runs/old')).map(({ epoch }) => epoch)).toEqual(
      Array.from({ length: 60 }, (_, i) => i + 1),
    );
    const { description, summary } = await readRun(storage);
    expect(description).toMatchObject({ status: 'finished', data: { recordings: [{ samples: 200 }] } });
    const models = await readdir(at('library/models'));
    expect(summary!.model).toEqual({ id: models[0] });
    expect((await readdir(at('library/models', models[0]!))).sort()).toEqual([
      'about.json',
      'model.json',
      'weights.bin',
    ]);
    await storage.close();
  });
});
