import { beforeAll, describe, expect, it } from 'vitest';
import { createRecording, type Recording } from '../../datasets/recording/recording.ts';
import { returnCorrection } from '../../datasets/windows/steering-correction.ts';
import type { WindowBatch, WindowSource } from '../../datasets/windows/window-source.ts';
import { readWeights } from '../network/weights.ts';
import { openForTests } from '../testing/open-for-tests.ts';
import { type TrainModelOptions, trainModel } from './train-model.ts';

const size = { width: 16, height: 8 };

/** A drive on grey pictures. */
function drive(name: string, angles: readonly number[]): Recording {
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
        load: async (index) => ({ ...size, time: index / 10, pixels: new Uint8Array(16 * 8 * 3).fill(index % 200) }),
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

  it('smooths what was steered in pulses before it is learned, and scores what was recorded', async () => {
    const { training, validation, heldBack, smoothed, trained } = await sourcesOf([drive('keys', keys)], {});
    expect(smoothed).toEqual(['keys']);
    const largest = (source: WindowSource) => Math.max(...source.steering!);
    expect(largest(heldBack)).toBe(3);
    expect(largest(training)).toBeLessThan(1.5);
    expect(largest(validation)).toBeLessThan(1.5);
    expect(trained.test!.steeringAngle!.frames).toBe(60);
    const raw = await sourcesOf([drive('keys', keys)], { smoothing: 0 });
    expect(largest(raw.training)).toBe(3);
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
