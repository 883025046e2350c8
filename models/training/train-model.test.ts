import { beforeAll, describe, expect, it } from 'vitest';
import { createRecording, type Recording } from '../../datasets/recording/recording.ts';
import { returnCorrection } from '../../datasets/windows/steering-correction.ts';
import type { WindowBatch, WindowSource } from '../../datasets/windows/window-source.ts';
import { readWeights } from '../network/weights.ts';
import { verdictOn } from '../open-loop/verdict.ts';
import { openForTests } from '../testing/open-for-tests.ts';
import { ranked } from './records.ts';
import { type TrainModelOptions, trainModel } from './train-model.ts';

const size = { width: 16, height: 8 };

/** A drive on grey pictures. */
function drive(
  name: string,
  angles: readonly number[],
  shade: (index: number) => number = (index) => index % 200,
): Recording {
  return createRecording({
    metadata: { format: 'test', name, rate: 10, timeSource: 'recorded', cameras: { centre: size }, conversions: [] },
    columns: {
      time: Float64Array.from(angles, (_, i) => i / 10),
      steeringAngle: Float64Array.from(angles),
      speed: new Float64Array(angles.length).fill(8),
    },
    cameras: {
      centre: {
        has: () => true,
        load: async (index) => ({ ...size, time: index / 10, pixels: new Uint8Array(16 * 8 * 3).fill(shade(index)) }),
      },
    },
  });
}

const options: TrainModelOptions = {
  architecture: 'linear',
  ...size,
  time: 1,
  stride: 1,
  validationShare: 0.2,
  testTail: 0.2,
  training: { epochs: 1, batch: 8, stepsPerEpoch: 1 },
};
/** Key presses of 0.4 s, eleven in a minute. */
const keys = Array.from({ length: 300 }, (_, i) => (i % 15 < 4 ? 1 + (i % 3) : 0));

async function sourcesOf(recordings: readonly Recording[], more: Partial<TrainModelOptions>) {
  const through: WindowSource[] = [];
  let heldBack: WindowSource | undefined;
  let smoothed: readonly string[] = [];
  const trained = await trainModel(recordings, {
    ...options,
    ...more,
    through: (source) => {
      through.push(source);
      return source;
    },
    onReady: (ready) => {
      ({ heldBack, smoothed } = ready);
    },
  });
  trained.network.dispose();
  const [training, validation] = through;
  return { training: training!, validation: validation!, heldBack: heldBack!, smoothed, trained };
}

describe('training a model on recordings', () => {
  beforeAll(() => openForTests('cpu'));

  it('shifts windows sideways when asked, with steering that leads back, and never those that validate', async () => {
    const seen: WindowBatch[][] = [];
    const watch = async (lateralShift: number) => {
      seen.length = 0;
      const { network } = await trainModel([drive('straight', new Array(100).fill(0))], {
        ...options,
        training: { ...options.training, lateralShift },
        through(source) {
          const batches: WindowBatch[] = [];
          seen.push(batches);
          const load = async (windows: readonly number[]) => {
            const batch = await source.load(windows);
            batches.push(batch);
            return batch;
          };
          return { ...source, load };
        },
      });
      network.dispose();
      return seen.map((batches) => batches.flatMap(({ targets }) => [...targets].filter((_, i) => i % 3 === 0)));
    };
    const [shifted, validation] = await watch(0.5);
    const most = Math.abs(returnCorrection(0.5, 8));
    expect(shifted!.filter((angle) => Math.abs(angle) > 0.1 * most && Math.abs(angle) <= most).length).toBeGreaterThan(
      4,
    );
    expect(new Set(shifted).size).toBe(8);
    expect(new Set(validation)).toEqual(new Set([0]));
    expect((await watch(0.5))[0]).toEqual(shifted);
    expect(new Set((await watch(0))[0])).toEqual(new Set([0]));
  });

  it('smooths what was steered in pulses before it is learned, and scores against both', async () => {
    const { training, validation, heldBack, smoothed, trained } = await sourcesOf([drive('keys', keys)], {});
    expect(smoothed).toEqual(['keys']);
    const largest = (source: WindowSource) => Math.max(...source.steering!);
    for (const part of [heldBack, training, validation]) expect(largest(part)).toBeLessThan(1.5);
    const { frames, baselines, recorded } = trained.test!.steeringAngle!;
    expect(frames).toBe(60);
    // The pulses are around the line that was taught: nobody who has learned that line can be nearer to them.
    expect(baselines.mean.rmse).toBeLessThan(0.3);
    expect(recorded!.baselines.mean.rmse).toBeGreaterThan(0.8);
    expect(recorded!.floor.rmse).toBeGreaterThan(0.8);
    const raw = await sourcesOf([drive('keys', keys)], { smoothing: 0 });
    expect(largest(raw.training)).toBe(3);
    // However it was taught, it is judged by the same two truths.
    for (const part of [raw.heldBack, raw.validation]) expect(largest(part)).toBeLessThan(1.5);
    const judged = raw.trained.test!.steeringAngle!;
    expect(judged.baselines).toEqual(baselines);
    expect([judged.recorded!.baselines, judged.recorded!.floor]).toEqual([recorded!.baselines, recorded!.floor]);
    const wheel = await sourcesOf(
      [
        drive(
          'wheel',
          keys.map((_, i) => Math.sin(i / 20)),
        ),
      ],
      {},
    );
    expect(wheel.smoothed).toEqual([]);
    expect(wheel.training.steering![7]).toBe(Math.fround(Math.sin(7 / 20)));
  });

  it('gives the better of two models the better verdict, whichever steering they were taught', async () => {
    // The brighter a picture, the further the road bends; keys answer with pulses, the longer the further.
    const bend = (i: number) => Math.sin(i / 60);
    const presses = Array.from({ length: 900 }, (_, i) =>
      i % 15 < Math.abs(bend(i)) * 6 ? 2 * Math.sign(bend(i)) : 0,
    );
    const recording = drive('pulses', presses, (index) => 120 + 100 * bend(index));
    const tested = async (smoothing: number | 'auto', epochs: number) => {
      const training = { epochs, batch: 8, learningRate: 0.01, warmUp: 0, balance: 0, seed: 3 };
      const { trained } = await sourcesOf([recording], { smoothing, training });
      return { score: trained.test!.steeringAngle!, rank: ranked(trained.result.best!) };
    };
    const [smooth, raw, begun] = [await tested('auto', 12), await tested(0, 12), await tested(0, 1)];
    for (const { score } of [raw, begun]) {
      expect(score.baselines).toEqual(smooth.score.baselines);
      expect(score.recorded!.floor).toEqual(smooth.score.recorded!.floor);
    }
    expect(verdictOn(smooth.score)).toBe('well');
    expect(verdictOn(raw.score)).toBe('well');
    expect(verdictOn(begun.score)).not.toBe('well');
    // What a search ranks by is the same error in rad, though the labels are scaled by other spreads.
    for (const better of [smooth, raw]) expect(better.rank).toBeLessThan(begun.rank);
    expect(smooth.rank / raw.rank).toBeGreaterThan(0.5);
    expect(smooth.rank / raw.rank).toBeLessThan(2);
  }, 60_000);

  it('keeps what was learned though a picture of the end that is held back is damaged', async () => {
    const whole = drive(
      'damaged',
      keys.map((_, i) => Math.sin(i / 20)),
    );
    const { load } = whole.cameras.centre!;
    const damaged = createRecording({
      ...whole,
      cameras: {
        centre: {
          has: () => true,
          load: (index) => (index === 290 ? Promise.reject(new Error('picture 290 is torn')) : load(index)),
        },
      },
    });
    const { trained } = await sourcesOf([damaged], {});
    expect(trained).toMatchObject({
      untested: 'picture 290 is torn',
      result: { stopped: 'finished', best: { epoch: 1 } },
    });
    expect(trained.test).toBeUndefined();
  });

  it('says that a part has no window', async () => {
    const notes: string[] = [];
    const angles = keys.map((_, i) => Math.sin(i / 20));
    const { network, test } = await trainModel([drive('short parts', angles)], {
      ...options,
      validationShare: 0.02,
      testTail: 0.02,
      time: 8,
      onReady: (ready) => void notes.push(...ready.notes),
    });
    expect(notes).toEqual([
      expect.stringMatching(/nothing validates.*8 samples/),
      expect.stringMatching(/nothing is tested/),
    ]);
    expect(test).toBeUndefined();
    network.dispose();
  });

  it.each([
    [
      'margins',
      [40],
      {},
      /tiny 0: of 40 samples \(4 s at 10 Hz\) 6 validate, 8 at the end are held back, 2\d within 1 s/,
    ],
    ['several', [40, 40], {}, /tiny 0, tiny 1: of 80 samples/],
    ['a long T', [200], { time: 250 }, /has 200 samples at 10 Hz, and a window has 250 \(T\); train with --time 50/],
    ['many', [12, 12, 12, 12, 12], {}, /tiny 0, tiny 1, tiny 2 and 2 more: of 60 samples/],
  ])('tells why too little is left to train on, and what helps: %s', async (_, lengths, more, words) => {
    const recordings = lengths.map((length, i) => drive(`tiny ${i}`, keys.slice(0, length)));
    const given = { ...options, time: 12, ...more };
    const refusal = await trainModel(recordings, given).catch((error: Error) => error);
    expect(refusal).toMatchObject({ code: 'too-short', message: expect.stringMatching(words) });
    const flag = (name: string) => new RegExp(`--${name} (\\d+)`).exec((refusal as Error).message)?.[1];
    const mended = {
      ...given,
      ...(flag('test-tail') && { testTail: 0 }),
      ...(flag('validation') && { validationShare: 0 }),
      ...(flag('time') && { time: Number(flag('time')) }),
    };
    expect(mended).not.toEqual(given);
    const { windows, network } = await trainModel(recordings, mended);
    expect(windows.training).toBeGreaterThan(0);
    network.dispose();
  });

  it('says that what validates is nearly straight', async () => {
    const notesOf = async (angles: readonly number[]) => {
      const notes: string[] = [];
      const onReady = (ready: { readonly notes: readonly string[] }) => void notes.push(...ready.notes);
      const { network } = await trainModel([drive('bends', angles)], { ...options, testTail: 0, onReady });
      network.dispose();
      return notes;
    };
    const bends = keys.map((_, i) => Math.sin(i / 10));
    // One block in the middle validates.
    const straight = bends.map((angle, i) => (i > 100 && i < 200 ? angle / 50 : angle));
    expect(await notesOf(straight)).toEqual([
      expect.stringMatching(/^what validates is nearly straight.*--validation 0\.[345] has bends/),
    ]);
    expect(await notesOf(bends)).toEqual([]);
  });

  it('validates on whole recordings when asked to', async () => {
    const angles = keys.map((_, i) => Math.sin(i / 20));
    const recordings = ['a', 'b', 'c'].map((name) => drive(name, angles));
    const blocks = await sourcesOf(recordings, { testTail: 0 });
    expect(blocks.validation.length).toBe(180);
    const whole = await sourcesOf(recordings, { testTail: 0, split: 'recording' });
    expect([whole.training.length, whole.validation.length]).toEqual([600, 300]);
  });

  it('takes labels later than their frames when asked to', async () => {
    const ramp = keys.map((_, i) => i / 100);
    const { training } = await sourcesOf([drive('late', ramp)], { labelShift: 0.5 });
    expect(training.steering![10]).toBeCloseTo(0.15, 6);
  });

  it('begins with the weights of another model, whether or not anybody listens', async () => {
    const angles = keys.map((_, i) => Math.sin(i / 20));
    const training = { ...options.training, learningRate: 1e-12, patience: 0 };
    const donor = await trainModel([drive('donor', angles)], { ...options, training: { ...training, seed: 7 } });
    const weights = await readWeights(donor.network);
    const { network } = await trainModel([drive('heir', angles)], { ...options, training, from: weights });
    const [taken] = (await readWeights(network)).values();
    const [given] = weights.values();
    expect(taken!.every((value, i) => Math.abs(value - given![i]!) < 1e-6)).toBe(true);
    for (const one of [donor.network, network]) one.dispose();
  });
});
