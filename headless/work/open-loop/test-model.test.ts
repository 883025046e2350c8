import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProgram, WHEELHOUSE } from '../../testing/run-program.ts';
import { TINY_INPUT, TINY_NETWORK, writeTinyRecording } from '../training/testing/tiny-recording.ts';

let folder: string;
const at = (...parts: string[]) => path.join(folder, ...parts);
const wheelhouse = (...args: string[]) => runProgram(WHEELHOUSE, args, { cwd: folder });
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'wheelhouse-test-model-'));
  await writeTinyRecording(at('learned'), 300);
  await writeTinyRecording(at('others/one'), 120, 2);
  await writeTinyRecording(at('others/two'), 60, 3);
  await writeFile(at('network.json'), JSON.stringify(TINY_NETWORK));
  const train = ['train', 'learned', '--out', 'model', '--network', 'network.json', ...TINY_INPUT, '--epochs', '3'];
  expect(await wheelhouse(...train, '--backend', 'wasm')).toMatchObject({ code: 0 });
});
afterAll(() => rm(folder, { recursive: true }));

describe('wheelhouse test', () => {
  it('scores recordings, and writes predictions that `score` reads with the same result', async () => {
    const tested = await wheelhouse('test', 'model', 'others', '--out', 'test', '--backend', 'wasm', '--json');
    expect(tested.code, tested.stderr).toBe(0);
    expect(tested.stderr).not.toMatch(/was trained on this/);
    const document = JSON.parse(tested.stdout);
    expect(document.recordings).toMatchObject([
      { samples: 120, frames: 120, smoothing: 0, predictions: expect.stringMatching(/^1-.*\.csv$/) },
      { samples: 60, frames: 60 },
    ]);
    expect(document.overall.steeringAngle.frames).toBe(180);
    expect((await readdir(at('test'))).sort()).toEqual(
      [...document.recordings.map((one: { predictions: string }) => one.predictions), 'test.json'].sort(),
    );
    expect(JSON.parse(await readFile(at('test/test.json'), 'utf8')).overall).toEqual(document.overall);
    const file = at('test', document.recordings[0].predictions);
    const scored = JSON.parse((await wheelhouse('score', file, '--truth', file, '--json')).stdout);
    expect(scored).toMatchObject({ column: 'predicted_steering_angle', truthColumn: 'steering_angle', rate: 20 });
    expect(scored.rmse).toBeCloseTo(document.recordings[0].scores.steeringAngle.rmse, 5);
    expect(scored.baselines.repeat.rmse).toBeCloseTo(
      document.recordings[0].scores.steeringAngle.baselines.repeat.rmse,
      5,
    );
  });

  it('says so where the model was trained on a recording, in a copy too, and replaces an earlier test only', async () => {
    expect(await wheelhouse('import', 'learned', '--out', 'copy')).toMatchObject({ code: 0 });
    const again = await wheelhouse('test', 'model', 'learned', 'copy', '--out', 'test', '--backend', 'wasm');
    expect(again.code, again.stderr).toBe(0);
    expect(again.stderr).toMatch(/trained on this very recording/);
    expect(again.stderr.match(/trained on (this very|a recording with the very same)/g)).toHaveLength(2);
    expect(again.stdout).toMatch(/always the mean/);
    expect(await wheelhouse('test', 'model', 'learned', '--out', 'others')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/refused: others: the folder holds something else than a test; .*--out/),
    });
  });
});
