import { expect, test } from 'vitest';
import type { WindowSource } from '../../datasets/windows/window-source.ts';
import { syntheticWindows } from '../inspection/synthetic-windows.ts';
import type { Network } from '../network/network.ts';
import { readWeights } from '../network/weights.ts';
import { openForTests } from '../testing/open-for-tests.ts';
import { createNetwork, createSpec } from '../zoo/zoo.ts';
import { estimateOutputs } from './labels.ts';
import type { TrainingState } from './records.ts';
import { train } from './train.ts';

const shape = { time: 3, height: 20, width: 32 };
const training = syntheticWindows({ windows: 24, ...shape, seed: 1 });
const validation = syntheticWindows({ windows: 8, ...shape, seed: 2 });
const options = { epochs: 4, batch: 4, learningRate: 5e-3, jitter: 0.2, patience: 0, seed: 5 };

async function smallNetwork(): Promise<Network> {
  await openForTests('wasm');
  const spec = createSpec('cnn-lstm', {
    input: { ...shape },
    outputs: await estimateOutputs(training),
    options: { convolutions: [{ filters: 6, kernel: 5, stride: 2 }], dense: [12], units: 8, dropout: 0.1 },
  });
  return createNetwork(spec, 1);
}

test('learns what can be seen, and keeps the best epoch', async () => {
  const network = await smallNetwork();
  const progress: number[] = [];
  const { history, best, stopped } = await train({
    network,
    training,
    validation,
    options: { ...options, epochs: 12, mirror: 0 },
    onProgress: ({ framesPerSecond }) => progress.push(framesPerSecond),
  });
  expect(stopped).toBe('finished');
  expect(history).toHaveLength(12);
  expect(progress).toHaveLength(12 * 6);
  const steering = history.map(({ heads }) => heads!.steeringAngle!.loss);
  expect(best!.heads!.steeringAngle!.loss).toBe(Math.min(...steering));
  expect(best!.validationLoss).toBeLessThan(0.35 * history[0]!.validationLoss);
  network.dispose();
});

test('a head that has nothing to learn does not decide which epoch is kept', async () => {
  const network = await smallNetwork();
  // The speed follows the angle, and here the other way: the better it is learned, the worse it validates.
  const withSpeed = (source: WindowSource, slope: number): WindowSource => ({
    length: source.length,
    async load(indices) {
      const batch = await source.load(indices);
      for (let at = 0; at < batch.targets.length; at += 3) batch.targets[at + 1] = 9 + slope * batch.targets[at]!;
      return batch;
    },
  });
  const headWeights = { steeringAngle: 1, speed: 2, torque: 0 };
  const { history, best } = await train({
    network,
    training: withSpeed(training, 5),
    validation: withSpeed(validation, -5),
    options: { ...options, epochs: 8, mirror: 0, headWeights },
  });
  const at = (losses: number[]) => losses.indexOf(Math.min(...losses));
  const steering = at(history.map(({ heads }) => heads!.steeringAngle!.loss));
  expect(best!.epoch).toBe(steering + 1);
  expect(at(history.map(({ validationLoss }) => validationLoss))).not.toBe(steering);
  const { steeringAngle, speed, torque } = best!.heads!;
  expect(steeringAngle!.loss).toBeLessThan(steeringAngle!.mean);
  expect(speed!.loss).toBeGreaterThan(speed!.mean);
  expect(torque).toBeUndefined();
  expect(best!.validationLoss).toBeCloseTo(steeringAngle!.loss + 2 * speed!.loss, 5);
  network.dispose();
});

test('the same seed gives the same weights, another seed others', async () => {
  const trained = async (seed: number): Promise<number[][]> => {
    const network = await smallNetwork();
    await train({ network, training, validation, options: { ...options, epochs: 2, seed } });
    const weights = [...(await readWeights(network)).values()].map((numbers) => [...numbers]);
    network.dispose();
    return weights;
  };
  const first = await trained(5);
  expect(await trained(5)).toEqual(first);
  expect(await trained(6)).not.toEqual(first);
});

test('a training that was stopped and resumed ends in the weights of one that ran through', async () => {
  const whole = await smallNetwork();
  await train({ network: whole, training, validation, options });
  const halves = await smallNetwork();
  let saved: TrainingState | undefined;
  const stop = new AbortController();
  const first = await train({
    network: halves,
    training,
    validation,
    options,
    signal: stop.signal,
    onEpoch: (state) => {
      if (state.epoch !== 2) return;
      saved = state;
      stop.abort();
    },
  });
  expect(first.stopped).toBe('aborted');
  expect(first.history).toHaveLength(2);
  const fresh = await smallNetwork();
  await train({ network: fresh, training, validation, options, resume: saved! });
  expect(await readWeights(fresh)).toEqual(await readWeights(whole));
  for (const network of [whole, halves, fresh]) network.dispose();
});

test('stops early when the validation loss no longer improves', async () => {
  const network = await smallNetwork();
  // A rate this small moves nothing that float32 can show.
  const still = { ...options, epochs: 30, patience: 2, learningRate: 1e-30 };
  const { stopped, history } = await train({ network, training, validation, options: still });
  expect(stopped).toBe('early');
  expect(history).toHaveLength(3);
  network.dispose();
});

test('a label that is not a number stops the training and is named; the weights stay finite', async () => {
  const network = await smallNetwork();
  const spoiled = {
    length: training.length,
    async load(indices: readonly number[]) {
      const batch = await training.load(indices);
      if (indices.includes(9)) batch.targets[0] = Number.NaN;
      return batch;
    },
  };
  await expect(train({ network, training: spoiled, validation, options })).rejects.toThrow(
    /epoch 1, step \d+: a label is not a finite number \(windows [\d, ]*9[\d, ]*\)/,
  );
  for (const numbers of (await readWeights(network)).values()) expect(numbers.every(Number.isFinite)).toBe(true);
  network.dispose();
});

test('wrong options are refused by name', async () => {
  const network = await smallNetwork();
  const wrong = { learningRat: 1 } as never;
  await expect(train({ network, training, validation, options: wrong })).rejects.toThrow(
    /training options.*learningRat/,
  );
  await expect(train({ network, training, validation, options: { batch: 0 } })).rejects.toThrow(
    /training option batch/,
  );
  network.dispose();
});
