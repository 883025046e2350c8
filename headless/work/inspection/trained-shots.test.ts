import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { mostTurned } from '../../../datasets/augmentation/most-turned.ts';
import type { Recording } from '../../../datasets/recording/recording.ts';
import { createWindowSource } from '../../../datasets/windows/window-source.ts';
import { readPage, textOf } from '../../../evaluation/report/testing/read-page.ts';
import { frameValues, type PixelSpec } from '../../../models/input/frame-values.ts';
import { drawAugmentation } from '../../../models/training/augment.ts';
import { dataSettings, trainingOptions } from '../../../models/training/options.ts';
import { findArchitecture } from '../../../models/zoo/zoo.ts';
import { createStream } from '../../../sim/random/stream.ts';
import { createSharpCodec } from '../../machine/images/sharp-codec.ts';
import { openRecordingFolder } from '../../machine/reading/open-recording.ts';
import { runProgram, WHEELHOUSE } from '../../testing/run-program.ts';
import { writeTinyRecording } from '../training/testing/tiny-recording.ts';
import { inspectIntoFolder } from './inspect-recording-folder.ts';
import { trainedShots } from './recording-shots.ts';

let folder: string;
let recording: Recording;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'wheelhouse-trained-shots-'));
  await writeTinyRecording(path.join(folder, 'drive'), 120);
  recording = await openRecordingFolder(path.join(folder, 'drive'));
});
afterAll(async () => {
  await recording.close();
  await rm(folder, { recursive: true });
});

const { width, height, crop } = findArchitecture('cnn-lstm').input;
const size = { width, height };
const defaults = trainingOptions();
const COUNT = 6;
const PLAIN: Pick<PixelSpec, 'colourSpace' | 'normalisation'> = {
  colourSpace: 'rgb',
  normalisation: { mean: [0, 0, 0], std: [1, 1, 1] },
};

/** Mean difference of two pictures, of 255. */
const apart = (a: Uint8Array, b: Uint8Array) =>
  a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / a.length;

it('shows by default what a training with its defaults makes of the pictures, and nothing else', async () => {
  const codec = createSharpCodec();
  const shots = await trainedShots(
    recording,
    { architecture: 'cnn-lstm', ...dataSettings(), training: defaults },
    COUNT,
    codec,
  );
  expect(shots).toHaveLength(COUNT);
  const source = createWindowSource([recording], { time: 1, inputSize: size, crop, smoothing: 'auto' });
  for (const [row, window] of mostTurned(source.steering, COUNT).entries()) {
    const { frames, targets } = await source.load([window]);
    // The defaults switch nothing on but mirror and jitter, which the step draws as here.
    const look = drawAugmentation(createStream(defaults.seed, `preview/look/${row}`), defaults);
    const seen = Uint8Array.from(frameValues(frames, 1, 1, { ...size, ...PLAIN }, [look]), Math.round);
    const { pixels } = await codec.decode(shots[row]!.jpeg, 'shot', 0);
    expect(apart(pixels, seen)).toBeLessThan(4);
    expect(shots[row]!.angle).toBeCloseTo((look.mirror ? -1 : 1) * targets[0]!, 6);
  }
});

/** The part of the page about the training. */
function trainedPart(page: string): string {
  const { elements } = readPage(page);
  return textOf(elements.find((element) => element.tagName === 'section' && /As a training/.test(textOf(element)))!);
}

it('names the options, the given ones in the place of the defaults, and shows what they make of it', async () => {
  const pageOf = (out: string) => readFile(path.join(folder, out, 'inspect.html'), 'utf8');
  const training = { architecture: 'cnn-lstm', ...dataSettings(), training: defaults };
  await inspectIntoFolder(recording, path.join(folder, 'usual'), { training });
  const usual = trainedPart(await pageOf('usual'));
  expect(usual).toMatch(/options of a training of cnn-lstm .*: mirror 0\.5, jitter 0\.4\. /);
  expect(usual).not.toMatch(/further/);
  const set = ['lateralShift=1', 'mirror=0', 'jitter=0'].flatMap((setting) => ['--set', setting]);
  const inspect = (...args: string[]) => runProgram(WHEELHOUSE, ['inspect', 'drive', ...args], { cwd: folder });
  expect(await inspect('--out', 'shifted', ...set)).toMatchObject({ code: 0 });
  const shifted = trainedPart(await pageOf('shifted'));
  expect(shifted).toMatch(/: lateralShift 1\. /);
  expect(shifted).toMatch(/m further (left|right)/);
  expect(shifted).not.toMatch(/mirrored/);
  expect(await inspect('--set', 'mirror=2')).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/training option mirror/),
  });
});
