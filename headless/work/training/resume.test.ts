import type { ChildProcess } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProgram, startProgram, WHEELHOUSE } from '../../testing/run-program.ts';
import { TINY_INPUT, TINY_NETWORK, writeTinyRecording } from './testing/tiny-recording.ts';

let folder: string;
const at = (...parts: string[]) => path.join(folder, ...parts);
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'wheelhouse-resume-'));
  await writeTinyRecording(at('tiny'), 400);
  await writeFile(at('network.json'), JSON.stringify(TINY_NETWORK));
  await writeFile(at('options.json'), JSON.stringify({ optimiser: 'adamw', averaging: 0.9, reportEvery: 5 }));
});
afterAll(() => rm(folder, { recursive: true }));

const SETTINGS = ['--network', 'network.json', '--options', 'options.json', ...TINY_INPUT, '--epochs', '6'];
const args = (out: string) => ['train', 'tiny', '--out', out, ...SETTINGS, '--checkpoint-every', '4'];
const more = ['--backend', 'wasm', '--set', 'learnHeadWeights=true', '--set', 'schedule.kind=exponential'];
const decay = ['--set', 'schedule.factor=0.9', '--set', 'carry=3', '--batch', '4', '--patience', '0'];

/** While a process trains, another one is told who does. */
async function refuseSecond(child: ChildProcess): Promise<void> {
  // It must not end while the other one starts.
  child.kill('SIGSTOP');
  const second = await runProgram(WHEELHOUSE, ['train', '--resume', 'killed.run'], { cwd: folder });
  const who = new RegExp(`killed\\.run: it is being trained by process ${child.pid} on .*; let it end`);
  expect(second).toMatchObject({ code: 1, stderr: expect.stringMatching(who) });
}

describe('a run', () => {
  it('killed again and again, goes on to the same weights as one that was left alone', async () => {
    const alone = await runProgram(WHEELHOUSE, [...args('alone'), ...more, ...decay], { cwd: folder });
    expect(alone).toMatchObject({ code: 0, stderr: expect.stringMatching(/option averaging is called ema now/) });
    expect(alone.stderr).toMatch(/option carry is called tbptt now/);
    const killed = startProgram(WHEELHOUSE, [...args('killed'), ...more, ...decay], { cwd: folder });
    let kills = 0;
    let { child, ended } = killed;
    for (;;) {
      const checkpoint = await changed(at('killed.run/checkpoints/last.ckpt'), ended);
      if (checkpoint && kills < 2) {
        if (kills === 0) await refuseSecond(child);
        child.kill('SIGKILL');
        kills++;
      }
      const { code, stderr } = await ended;
      if (code === 0) break;
      expect(code, stderr).toBe(null);
      ({ child, ended } = startProgram(WHEELHOUSE, ['train', '--resume', 'killed.run', '--checkpoint-every', '7'], {
        cwd: folder,
      }));
    }
    expect(kills).toBe(2);
    for (const file of ['weights.bin', 'model.json']) {
      expect((await readFile(at('killed', file))).equals(await readFile(at('alone', file)))).toBe(true);
    }
    const told = async (run: string) =>
      (await readFile(at(run, 'metrics.jsonl'), 'utf8'))
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line))
        .filter(({ kind }) => kind === 'epoch')
        .map(({ epoch, loss, validationLoss }) => ({ epoch, loss, validationLoss }));
    expect(await told('killed.run')).toEqual(await told('alone.run'));
    expect(await told('alone.run')).toHaveLength(6);
  });

  it('keeps what was asked for, on which data and where', async () => {
    const run = JSON.parse(await readFile(at('alone.run/run.json'), 'utf8'));
    // `carry` and `averaging` are names that two options had before.
    expect(run.config.training).toMatchObject({ optimiser: 'adamw', tbptt: 3, epochs: 6, ema: 0.9 });
    expect(run.data.recordings).toMatchObject([{ name: 'tiny', samples: 400 }]);
    expect(run.environment).toMatchObject({ backend: 'wasm', runtime: `Node ${process.version}`, adapter: null });
    expect(run).toMatchObject({ name: 'alone', status: 'finished', seed: run.config.training.seed });
    const summary = JSON.parse(await readFile(at('alone.run/summary.json'), 'utf8'));
    expect(summary).toMatchObject({ stopped: 'finished', history: { length: 6 } });
    expect((await readdir(at('alone.run'))).sort()).toEqual([
      'checkpoints',
      'metrics.jsonl',
      'run.json',
      'summary.json',
    ]);
  });

  it('is refused when it is finished, damaged, of another version, or its recordings are others now', async () => {
    const resume = async () => {
      const { code, stderr } = await runProgram(WHEELHOUSE, ['train', '--resume', 'killed.run'], { cwd: folder });
      expect(code).toBe(1);
      expect(stderr.trimEnd().split('\n')).toHaveLength(1);
      return stderr;
    };
    expect(await resume()).toMatch(/killed\.run: this run is finished;/);
    const file = at('killed.run/run.json');
    const change = async (part: object) =>
      writeFile(file, JSON.stringify({ ...JSON.parse(await readFile(file, 'utf8')), ...part }));
    await change({ status: 'stopped' });
    const checkpoint = at('killed.run/checkpoints/last.ckpt');
    const bytes = await readFile(checkpoint);
    bytes[bytes.length - 10]! ^= 1;
    await writeFile(checkpoint, bytes);
    expect(await resume()).toMatch(/last\.ckpt: its SHA-256 .*;/);
    const again = await runProgram(WHEELHOUSE, [...args('killed')], { cwd: folder });
    expect(again).toMatchObject({ code: 1, stderr: expect.stringMatching(/killed\.run: a run was stopped.*--resume/) });
    await rm(at('tiny'), { recursive: true });
    await writeTinyRecording(at('tiny'), 400, 2);
    bytes[bytes.length - 10]! ^= 1;
    await writeFile(checkpoint, bytes);
    expect(await resume()).toMatch(/killed\.run: the recordings are not those .*\(tiny\);/);
    await change({ version: 3 });
    expect(await resume()).toMatch(/run\.json, version: .*version 3.*;/);
  });
});

/** Waits until the file is there in another state than now, or the program has ended. */
async function changed(file: string, ended: Promise<unknown>): Promise<boolean> {
  const content = async () => (await readFile(file).catch(() => Buffer.alloc(0))).toString('latin1');
  const before = await content();
  let over = false;
  void ended.then(() => {
    over = true;
  });
  while (!over) {
    if ((await content()) !== before) return true;
    await wait(5);
  }
  return false;
}
