import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { WindowBatch } from '../../datasets/windows/window-source.ts';
import { createStream } from '../../sim/random/stream.ts';
import { randomBatch } from '../bench/random-batch.ts';
import { frameTensor } from '../input/frame-tensor.ts';
import { checkGradients } from '../inspection/gradient-check.ts';
import { createPolicy } from '../policy/policy.ts';
import type { ModelSpec } from '../spec.ts';
import { openForTests } from '../testing/open-for-tests.ts';
import { syntheticWindows } from '../testing/synthetic-windows.ts';
import * as tf from '../tf.ts';
import { loss, lossTargets } from '../training/loss.ts';
import { Optimiser } from '../training/optimiser.ts';
import { trainingOptions } from '../training/options.ts';
import { trainableOf, trainingStep } from '../training/step.ts';
import { createNetwork, createSpec, listModels } from './zoo.ts';

const SMALL_TRUNK = {
  convolutions: [
    { filters: 6, kernel: 5, stride: 3 },
    { filters: 8, kernel: 3, stride: 2 },
  ],
  dense: [12],
  activation: 'tanh',
};

/** Each kind of network, as small as it can be made, and smooth where it can be: a kink spoils finite differences. */
const SMALL: Record<string, { options?: Record<string, unknown>; width?: number; height?: number }> = {
  linear: { options: { speedInput: true }, width: 16, height: 8 },
  mlp: { options: { units: [12, 8], activation: 'tanh', speedInput: true }, width: 16, height: 8 },
  deeptesla: { options: { filters: [4, 5, 6], activation: 'tanh' }, width: 32, height: 24 },
  pilotnet: { options: { activation: 'tanh' }, width: 80, height: 66 },
  'cnn-rnn': { options: { ...SMALL_TRUNK, units: 8 } },
  'cnn-gru': { options: { ...SMALL_TRUNK, units: 8, speedInput: true } },
  'cnn-lstm': { options: { ...SMALL_TRUNK, units: 8, speedInput: true } },
  'cnn-bilstm': { options: { ...SMALL_TRUNK, units: 8 } },
  'conv-lstm': { options: { convolutions: [4, 6], filters: 4, dense: 8, activation: 'tanh' } },
  komanda: { options: { filters: [5, 5, 5, 5], features: 12, units: 8, dropout: 0, activation: 'tanh' } },
  'resnet-lstm': { options: { stem: 4, blocks: [5, 6], dense: 10, units: 8, activation: 'tanh' } },
  transformer: { options: { ...SMALL_TRUNK, features: 12, blocks: 2, heads: 3, context: 4, speedInput: true } },
  layers: {
    options: {
      layers: [
        { type: 'causal-convolution', depth: 2, filters: 5, kernel: 5, stride: 3, activation: 'elu' },
        { type: 'batch-norm' },
        { type: 'residual', filters: 5, activation: 'tanh' },
        { type: 'max-pool', size: 2 },
        { type: 'flatten' },
        { type: 'dense', units: 10, activation: 'sigmoid' },
        { type: 'speed' },
        { type: 'gru', units: 8 },
        { type: 'layer-norm' },
      ],
    },
  },
};

const TIME = 5;

function smallSpec(name: string): ModelSpec {
  const { options = {}, width = 48, height = 32 } = SMALL[name]!;
  return createSpec(name, { options, input: { width, height, time: TIME } });
}

/** Pictures of steep slopes: where pixels are nearly equal, a small step changes which of them pooling takes. */
function slopes(batch: WindowBatch, width: number): WindowBatch {
  for (const i of batch.frames.keys()) {
    const [channel, pixel] = [i % 3, Math.floor(i / 3)];
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    batch.frames[i] = (9 * x + 14 * y + 30 * channel) % 251;
  }
  return batch;
}

beforeAll(() => openForTests('wasm'));

test('every model of the zoo is tested here, and says what it is', () => {
  const models = listModels();
  expect(models.map(({ name }) => name).sort()).toEqual(Object.keys(SMALL).sort());
  for (const { name, parameters, multiplyAdds, summary, source, time } of models) {
    expect(parameters, name).toBeGreaterThan(1000);
    expect(multiplyAdds, name).toBeGreaterThan(1000);
    expect(time, name).toBeGreaterThanOrEqual(1);
    expect(summary.length * source.length, name).toBeGreaterThan(0);
  }
  expect(models.find(({ name }) => name === 'pilotnet')!.parameters).toBe(252_219);
  expect(models.filter(({ canDrive }) => !canDrive).map(({ name }) => name)).toEqual(['cnn-bilstm']);
});

describe.each(Object.keys(SMALL))('%s', (name) => {
  test('the gradient of every variable agrees with finite differences', async () => {
    const spec = smallSpec(name);
    const network = createNetwork(spec, 3);
    // Pooling has a kink wherever two pixels of a window are equal: one picture has few near, ten have some for any step.
    const [windows, time] = name === 'deeptesla' ? [1, 1] : [2, TIME];
    const batch = slopes(randomBatch(spec.input, windows, time), spec.input.width);
    const options = trainingOptions({ loss: 'mse' });
    const random = createStream(1, 'speed');
    const frames = frameTensor(batch.frames, windows, time, spec.input);
    const speed = tf.tensor2d(
      Float32Array.from({ length: 2 * TIME }, () => random.uniform(0, 20)),
      [2, TIME],
    );
    const targets = lossTargets(batch, spec.outputs, options);
    // With the running averages: batch statistics of a tiny batch are too steep for finite differences.
    const value = () => loss(network.apply(frames, { training: false, speed }).outputs, targets, options);
    const checks = await checkGradients(value, trainableOf(network));
    expect(checks).toHaveLength(trainableOf(network).size);
    for (const { variable, relativeError, analytic, numeric } of checks) {
      expect(relativeError, `${variable}: ${analytic} against ${numeric}`).toBeLessThan(1e-3);
    }
    tf.dispose([frames, speed]);
    network.dispose();
  });

  test('learns two windows by heart: the loss falls a hundredfold', async () => {
    const spec = smallSpec(name);
    const network = createNetwork(spec, 4);
    const { height, width } = spec.input;
    const batch = await syntheticWindows({ windows: 2, time: TIME, height, width, seed: 6 }).load([0, 1]);
    const options = trainingOptions({ loss: 'mse', gradientClipping: 0 });
    const optimiser = new Optimiser(options, trainableOf(network));
    const before = tf.memory().numTensors;
    let first = Number.NaN;
    let last = Number.NaN;
    for (let step = 0; step < 800 && !(last < first / 100); step++) {
      const random = createStream(1, `step/${step}`);
      const result = trainingStep(network, optimiser, batch, options, name === 'pilotnet' ? 1e-3 : 5e-3, random);
      last = (await result.loss.data())[0]!;
      if (step === 0) first = last;
      tf.dispose([result.loss, result.gradientNorm]);
    }
    expect(last).toBeLessThan(first / 100);
    expect(tf.memory().numTensors).toBe(before);
    optimiser.dispose();
    network.dispose();
  });

  // What cannot drive has a test of its own, below.
  const drives = listModels().some((model) => model.name === name && model.canDrive);
  const streaming = async () => {
    const spec = smallSpec(name);
    const network = createNetwork(spec, 2);
    const { height, width } = spec.input;
    const { frames } = await syntheticWindows({ windows: 1, time: TIME, height, width, seed: 4 }).load([0]);
    const whole = tf.tidy(() => {
      const speed = tf.tensor2d([5, 6, 7, 8, 9], [1, TIME]);
      const window = frameTensor(frames, 1, TIME, spec.input);
      return network.apply(window, { training: false, speed }).outputs.dataSync().slice();
    });
    const policy = createPolicy(network);
    const size = width * height * 3;
    const [steering] = spec.outputs;
    for (let t = 0; t < TIME; t++) {
      const frame = { width, height, time: t / 20, pixels: frames.subarray(t * size, (t + 1) * size) };
      const { steeringAngle } = await policy.step(frame, 5 + t);
      expect(Math.abs(steeringAngle - (whole[t * 3]! * steering!.scale + steering!.offset))).toBeLessThan(1e-5);
    }
    policy.dispose();
    network.dispose();
  };
  if (drives) test('frame by frame it says what it says of the whole window', streaming);
});

test('a network that needs the future refuses to drive and says why', () => {
  const network = createNetwork(smallSpec('cnn-bilstm'), 1);
  expect(() => createPolicy(network)).toThrow(/cnn-bilstm: it cannot drive: it looks at the frames after/);
  network.dispose();
});

test('a file of layers that do not fit is refused by layer', () => {
  const spec = (...layers: unknown[]) => createSpec('layers', { options: { layers } });
  const wide = { type: 'convolution', filters: 4, kernel: 31 };
  expect(() => spec({ type: 'dense', units: 4 })).toThrow(
    /layer 1 \(dense\): it needs features.*put a flatten between/,
  );
  expect(() => spec({ type: 'flatten' }, wide)).toThrow(/layer 2 \(convolution\): it needs an image/);
  expect(() => spec(wide, wide, wide)).toThrow(/layer 3 \(convolution\):.*does not fit into/);
  expect(() => spec(wide)).toThrow(/the heads need features/);
  expect(() => spec({ type: 'flatten' }, { type: 'dens', units: 4 })).toThrow(/layers.1/);
  expect(() => spec({ type: 'flatten' }, { type: 'dense', unit: 4 })).toThrow(/layers.1/);
});

afterAll(() => {
  expect(tf.memory().numTensors).toBe(0);
});
