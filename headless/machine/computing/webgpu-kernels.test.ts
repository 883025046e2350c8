import { afterAll, describe, expect, test } from 'vitest';
import { syntheticWindows } from '../../../models/inspection/synthetic-windows.ts';
import { fusedConvolution, fusedProduct } from '../../../models/kernels/fused-gradients.ts';
import { OPTIMISERS } from '../../../models/kernels/optimiser-rules.ts';
import { OPTIMISER_STEP } from '../../../models/kernels/optimiser-step.ts';
import { LSTM_FORWARD } from '../../../models/kernels/recurrent/lstm-kernels.ts';
import * as tf from '../../../models/tf.ts';
import { Optimiser } from '../../../models/training/optimiser.ts';
import { trainingOptions } from '../../../models/training/options.ts';
import { trainableOf, trainingStep } from '../../../models/training/step.ts';
import { createNetwork, createSpec } from '../../../models/zoo/zoo.ts';
import { createStream } from '../../../sim/random/stream.ts';
import { openTestGpu } from '../gpu/testing/open-test-gpu.ts';
import { openComputing } from './open-computing.ts';

const { gpu, reason } = await openTestGpu();

function random(name: string, shape: number[], spread = 1): tf.Tensor {
  const stream = createStream(3, name);
  return tf.tensor(
    Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => stream.normal(0, spread)),
    shape,
  );
}

interface Result {
  readonly shape: number[];
  readonly values: Float32Array;
}

async function read(tensors: tf.Tensor[]): Promise<Result[]> {
  return Promise.all(
    tensors.map(async (tensor) => ({ shape: tensor.shape, values: (await tensor.data()).slice() as Float32Array })),
  );
}

function expectAgreement(actual: Result[], expected: Result[], tolerance: number): void {
  for (const [which, { shape, values }] of expected.entries()) {
    expect(actual[which]!.shape).toEqual(shape);
    const scale = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    for (const [i, value] of values.entries()) {
      const apart = Math.abs(value - actual[which]!.values[i]!);
      // Written so that a NaN fails, too.
      if (!(apart <= tolerance * scale)) expect.fail(`result ${which}, number ${i}: ${apart / scale} apart`);
    }
  }
}

/** Runs the same on `cpu` and on `webgpu`, and compares every number of every result. */
async function agree(run: () => tf.Tensor[], tolerance = 3e-6): Promise<void> {
  const results: Result[][] = [];
  for (const backend of ['cpu', 'webgpu'] as const) {
    await openComputing(backend, gpu);
    const before = tf.memory().numTensors;
    const tensors = tf.tidy(run);
    expect(tf.memory().numTensors).toBe(before + tensors.length);
    results.push(await read(tensors));
    tf.dispose(tensors);
  }
  expectAgreement(results[1]!, results[0]!, tolerance);
}

describe.skipIf(!gpu)(`our kernels on webgpu say what cpu says${reason}`, () => {
  const faults: string[] = [];
  gpu?.device.addEventListener('uncapturederror', (event) => faults.push(event.error.message));
  afterAll(() => {
    expect(faults).toEqual([]);
    gpu!.close();
  });

  test.each([
    ['relu', 3, 8, 2, 'valid', 5],
    ['linear', 8, 12, 2, 'same', 3],
    ['relu', 12, 4, 1, 'same', 3],
    ['relu', 4, 20, 3, 'valid', 4],
    ['linear', 3, 13, 2, 'same', 5],
  ] as const)('convolution with %s, %i to %i channels, stride %i, %s, filter %i', async (...shape) => {
    const [activation, channels, filters, stride, padding, size] = shape;
    await agree(() => {
      const convolve = (x: tf.Tensor, filter: tf.Tensor, bias: tf.Tensor): tf.Tensor =>
        fusedConvolution(x as never, filter as never, bias as never, stride, padding, activation);
      const inputs = [
        random('x', [2, 11, 12, channels]),
        random('filter', [size, size, channels, filters]),
        random('bias', [filters]),
      ] as [tf.Tensor, tf.Tensor, tf.Tensor];
      const y = convolve(...inputs);
      return [y, ...tf.grads(convolve as never)(inputs, random('dy', y.shape))];
    });
  });

  test('product, bias and ReLU', async () => {
    await agree(() => {
      const multiply = (x: tf.Tensor, weights: tf.Tensor, bias: tf.Tensor): tf.Tensor =>
        fusedProduct(x as never, weights as never, bias as never, 'relu');
      const inputs = [random('x', [6, 10]), random('w', [10, 100]), random('b', [100])] as [
        tf.Tensor,
        tf.Tensor,
        tf.Tensor,
      ];
      return [multiply(...inputs), ...tf.grads(multiply as never)(inputs, random('dy', [6, 100]))];
    });
  });

  test.each([
    [5, 3],
    [100, 2],
  ])('LSTM of %i units over %i frames', async (units, time) => {
    await agree(() => {
      const run = (projected: tf.Tensor, recurrent: tf.Tensor, hidden: tf.Tensor, cell: tf.Tensor): tf.Tensor => {
        const inputs = { projected, recurrent, initialHidden: hidden, initialCell: cell };
        const outputs = tf.engine().runKernel(LSTM_FORWARD, inputs) as never as [tf.Tensor3D, tf.Tensor3D];
        return tf.concat([outputs[0], outputs[1]], 2);
      };
      const inputs = [
        random('projected', [3, time, 4 * units]),
        random('recurrent', [units, 4 * units], 0.3),
        random('hidden', [3, units]),
        random('cell', [3, units]),
      ] as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
      return [run(...inputs), ...tf.grads(run as never)(inputs, random('dy', [3, time, 2 * units]))];
    });
  });

  test.each(OPTIMISERS)('a step of %s, and none when the gradient is not finite', async (rule) => {
    const settings = {
      rule,
      rate: 0.1,
      beta1: 0.9,
      beta2: 0.99,
      epsilon: 1e-7,
      l1: 0.01,
      l2: 0.02,
      weightDecay: 0.1,
      step: 3,
    };
    for (const [scale, spread] of [
      [0.7, 1],
      [0, Number.NaN],
    ] as const) {
      await agree(() => {
        const inputs = {
          weights: random('w', [70, 3]),
          gradient: random('g', [70, 3], spread),
          scale: tf.scalar(scale),
          m: random('m', [70, 3]),
          v: tf.abs(random('v', [70, 3])),
        };
        return tf.engine().runKernel(OPTIMISER_STEP, inputs as never, settings as never) as never as tf.Tensor[];
      });
    }
  });

  test('sums of more terms than a shader can bind', async () => {
    await agree(() => [tf.addN(Array.from({ length: 17 }, (_, i) => random(`${i}`, [4, 5])))]);
  });

  test('two training steps of the default kind of network', async () => {
    const spec = createSpec('cnn-lstm', {
      input: { width: 60, height: 40, time: 2 },
      options: {
        convolutions: [
          { filters: 8, kernel: 5, stride: 2 },
          { filters: 8, kernel: 3, stride: 2 },
        ],
        dense: [12],
        units: 8,
      },
    });
    const batch = await syntheticWindows({ windows: 2, time: 2, height: 40, width: 60, seed: 5 }).load([0, 1]);
    // Plain descent: Adam's first step is ±rate for a gradient of any size, rounding noise too.
    const options = trainingOptions({ optimiser: 'sgd' });
    const results: Result[][] = [];
    for (const backend of ['cpu', 'webgpu'] as const) {
      await openComputing(backend, gpu);
      const network = createNetwork(spec, 7);
      const optimiser = new Optimiser(options, trainableOf(network));
      const scalars: tf.Tensor[] = [];
      for (let i = 0; i < 2; i++) {
        const step = trainingStep(network, optimiser, batch, options, 0.01, createStream(1, 'step'));
        scalars.push(step.loss, step.gradientNorm);
      }
      results.push(await read([...scalars, ...network.variables.values()]));
      tf.dispose(scalars);
      optimiser.dispose();
      network.dispose();
    }
    expectAgreement(results[1]!, results[0]!, 2e-5);
  });
});
