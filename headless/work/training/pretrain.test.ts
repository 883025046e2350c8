import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runProgram, WHEELHOUSE } from '../../testing/run-program.ts';
import { TINY_INPUT, writeTinyRecording } from './testing/tiny-recording.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'wheelhouse-pretrain-'));
  await writeTinyRecording(path.join(folder, 'tiny'), 200);
});
afterAll(() => rm(folder, { recursive: true }));

it('pre-trains on pictures alone, and a training begins with what came of it', async () => {
  const common = ['--model', 'mlp', ...TINY_INPUT, '--backend', 'wasm', '--epochs', '3'];
  const pretrained = await runProgram(WHEELHOUSE, ['pretrain', 'tiny', '--out', 'seen', ...common, '--json'], {
    cwd: folder,
  });
  expect(pretrained, pretrained.stderr).toMatchObject({ code: 0 });
  const { history } = JSON.parse(pretrained.stdout);
  expect(history).toHaveLength(3);
  expect(history[2].loss).toBeLessThan(history[0].loss);
  const model = JSON.parse(await readFile(path.join(folder, 'seen/model.json'), 'utf8'));
  const first: string = model.weights.variables[0].name.split('/')[0];
  const args = ['train', 'tiny', '--out', 'driver', ...common, '--from', 'seen', '--freeze', first];
  const trained = await runProgram(WHEELHOUSE, args, { cwd: folder });
  expect(trained, trained.stderr).toMatchObject({ code: 0, stderr: expect.stringContaining('variables taken over') });
  const weights = async (name: string) => (await readFile(path.join(folder, name, 'weights.bin'))).subarray(0, 400);
  // The frozen layer is the first of the file: what was seen is what drives.
  expect((await weights('driver')).equals(await weights('seen'))).toBe(true);
}, 60_000);

it('refuses what has diverged, and leaves no model', async () => {
  const args = [
    'pretrain',
    'tiny',
    '--out',
    'lost',
    '--model',
    'mlp',
    ...TINY_INPUT,
    '--backend',
    'wasm',
    '--epochs',
    '3',
  ];
  const lost = await runProgram(WHEELHOUSE, [...args, '--learning-rate', '1e6'], {
    cwd: folder,
  });
  expect(lost.stdout + lost.stderr).toMatch(/diverged|not finite|no number/);
  expect(lost.stdout + lost.stderr).toMatch(/[Ll]ower the learning rate/);
  expect(lost.stderr).not.toMatch(/fault|TypeError/);
}, 60_000);
