import { expect, test } from 'vitest';
import { createStream } from '../../sim/random/stream.ts';
import { openForTests } from '../testing/open-for-tests.ts';
import * as tf from '../tf.ts';
import { fusedConvolution, fusedProduct } from './fused-gradients.ts';
import { OPTIMISERS, type RuleSettings } from './optimiser-rules.ts';
import { OPTIMISER_STEP } from './optimiser-step.ts';
import { composedBackward, composedForward } from './recurrent/lstm-composed.ts';
import { LSTM_BACKWARD, LSTM_FORWARD } from './recurrent/lstm-kernels.ts';

function random(name: string, shape: number[], spread = 1): tf.Tensor {
  const stream = createStream(3, name);
  return tf.tensor(
    Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => stream.normal(0, spread)),
    shape,
  );
}

/** Runs the same on `cpu` and on `wasm`, and compares every number of every result. */
async function agree(run: () => tf.Tensor[], tolerance = 3e-6): Promise<void> {
  const results: { shape: number[]; values: Float32Array }[][] = [];
  for (const backend of ['cpu', 'wasm'] as const) {
    await openForTests(backend);
    const before = tf.memory().numTensors;
    const tensors = tf.tidy(run);
    expect(tf.memory().numTensors).toBe(before + tensors.length);
    results.push(tensors.map((tensor) => ({ shape: tensor.shape, values: tensor.dataSync().slice() as Float32Array })));
    tf.dispose(tensors);
  }
  const [expected, actual] = results as [(typeof results)[0], (typeof results)[0]];
  for (const [which, { shape, values }] of expected.entries()) {
    expect(actual[which]!.shape).toEqual(shape);
    const scale = Math.max(...values.map(Math.abs));
    const worst = values.reduce((most, value, i) => Math.max(most, Math.abs(value - actual[which]!.values[i]!)), 0);
    expect(worst, `result ${which}`).toBeLessThanOrEqual(tolerance * scale);
  }
}

test.each([
  [5, 7, 9],
  [1, 64, 256],
  [20, 115, 100],
  [3, 1, 1],
  [8, 33, 3],
  [4, 16, 12],
])('matrix products %i×%i×%i, transposed every way', async (m, inner, k) => {
  for (const [transposeA, transposeB] of [
    [false, false],
    [false, true],
    [true, false],
    [true, true],
  ]) {
    await agree(() => [
      tf.matMul(
        random('a', transposeA ? [inner, m] : [m, inner]),
        random('b', transposeB ? [k, inner] : [inner, k]),
        transposeA,
        transposeB,
      ),
    ]);
  }
});

test('stacks of matrices, with one matrix for all', async () => {
  await agree(() => [
    tf.matMul(random('a', [3, 5, 7]), random('b', [3, 7, 4])),
    tf.matMul(random('a', [3, 5, 7]), random('b', [1, 7, 4])),
    tf.matMul(random('a', [3, 7, 5]), random('b', [3, 7, 4]), true),
    tf.matMul(random('a', [2, 3, 7, 5]), random('b', [2, 3, 9, 5]), false, true),
  ]);
});

test.each(['linear', 'relu'] as const)('fused layers with %s, forward and backward', async (activation) => {
  await agree(() => {
    const convolve = (x: tf.Tensor, filter: tf.Tensor, bias: tf.Tensor): tf.Tensor =>
      fusedConvolution(x as never, filter as never, bias as never, 2, 'same', activation);
    const multiply = (x: tf.Tensor, weights: tf.Tensor, bias: tf.Tensor): tf.Tensor =>
      fusedProduct(x as never, weights as never, bias as never, activation);
    const image = [random('x', [2, 9, 8, 3]), random('filter', [5, 5, 3, 13]), random('bias', [13])];
    const rows = [random('x', [6, 10]), random('filter', [10, 7]), random('bias', [7])];
    const [y, z] = [
      convolve(...(image as [tf.Tensor, tf.Tensor, tf.Tensor])),
      multiply(...(rows as never as [tf.Tensor, tf.Tensor, tf.Tensor])),
    ];
    return [
      y,
      z,
      ...tf.grads(convolve as never)(image, random('dy', y.shape)),
      ...tf.grads(multiply as never)(rows, random('dy', z.shape)),
    ];
  });
});

test('moving numbers about: slices, splits, stacks, tiles', async () => {
  await agree(() => {
    const x = random('x', [3, 4, 5, 2, 6]);
    return [
      tf.slice(x, [0, 1, 0, 0, 0], [3, 2, 5, 2, 6]),
      tf.slice(x, [1, 0, 2, 1, 3], [2, 4, 3, 1, 2]),
      tf.slice(x, [2, 3, 4, 1, 5], [1, 1, 1, 1, 1]),
      tf.slice(random('y', [7]), [2], [4]),
      ...tf.split(x, [1, 3], 1),
      ...tf.split(x, 3, 4),
      ...tf.unstack(x, 2),
      ...tf.unstack(random('y', [7])),
      tf.tile(x, [2, 1, 3, 1, 2]),
      tf.tile(random('z', [1, 3, 1]), [4, 1, 5]),
      tf.tile(random('y', [7]), [3]),
      tf.broadcastTo(random('z', [1, 3, 1]), [4, 3, 5]),
    ];
  }, 0);
});

test('max pooling, forward and backward', async () => {
  await agree(() => {
    const pool = (size: number, stride: number, pad: 'same' | 'valid') => (x: tf.Tensor) =>
      tf.maxPool(x as tf.Tensor4D, size, stride, pad) as tf.Tensor;
    const x = random('x', [2, 13, 14, 3]);
    return [pool(2, 2, 'valid'), pool(3, 2, 'same'), pool(3, 1, 'valid')].flatMap((f) => [
      f(x),
      tf.grad(f)(x, random('dy', f(x).shape)),
    ]);
  });
});

test('a gradient that is not asked for is not computed', async () => {
  await openForTests('wasm');
  const x = random('x', [2, 9, 8, 3]) as tf.Tensor4D;
  const filter = tf.variable(random('filter', [5, 5, 3, 4])) as never as tf.Tensor4D;
  const bias = tf.variable(random('bias', [4])) as never as tf.Tensor1D;
  const { kernelNames } = await tf.profile(() => {
    const { value } = tf.variableGrads(
      () => tf.sum(fusedConvolution(x, filter, bias, 2, 'valid', 'relu')) as tf.Scalar,
    );
    return value;
  });
  expect(kernelNames).toContain('Conv2DBackpropFilter');
  expect(kernelNames).not.toContain('Conv2DBackpropInput');
});

// Eight units run in the compiled kernel, six in the plain one.
test.each([8, 6])('an LSTM of %i units, forward and backward, also against plain operations', async (units) => {
  const shape = {
    projected: [2, 5, 4 * units],
    recurrent: [units, 4 * units],
    state: [2, units],
    steps: [2, 5, units],
  };
  const inputs = () => ({
    projected: random('projected', shape.projected, 2),
    recurrent: random('recurrent', shape.recurrent, 0.5),
    initialHidden: random('hidden', shape.state, 0.5),
    initialCell: random('cell', shape.state),
  });
  const backward = (cell: tf.Tensor, gates: tf.Tensor) => ({
    recurrent: inputs().recurrent,
    initialCell: inputs().initialCell,
    cell,
    gates,
    hiddenGradient: random('dh', shape.steps),
    cellGradient: random('dc', shape.steps, 0.3),
  });
  await agree(() => {
    const outputs = tf.engine().runKernel(LSTM_FORWARD, inputs()) as never as tf.Tensor[];
    const gradients = tf.engine().runKernel(LSTM_BACKWARD, backward(outputs[1]!, outputs[2]!)) as never as tf.Tensor[];
    return [...outputs, ...gradients];
  });
  await openForTests('wasm');
  const differences = tf.tidy(() => {
    const given = inputs();
    const outputs = tf.engine().runKernel(LSTM_FORWARD, given) as never as tf.Tensor[];
    const { projected, recurrent, initialHidden, initialCell } = given as never as Record<string, never>;
    const composed: tf.Tensor[] = composedForward(projected!, recurrent!, initialHidden!, initialCell!);
    const [cell, gates] = [outputs[1] as never, outputs[2] as never];
    const back = backward(cell, gates);
    const gradients = tf.engine().runKernel(LSTM_BACKWARD, back) as never as tf.Tensor[];
    const expected = composedBackward(
      recurrent!,
      initialCell!,
      cell,
      gates,
      back.hiddenGradient as never,
      back.cellGradient as never,
    );
    const pairs = [...outputs.map((y, i) => [y, composed[i]!]), ...gradients.map((y, i) => [y, expected[i]!])];
    return pairs.map(([a, b]) => (tf.max(tf.abs(tf.sub(a!, b!))).dataSync() as Float32Array)[0]!);
  });
  for (const difference of differences) expect(difference).toBeLessThan(1e-5);
});

test.each(OPTIMISERS)('one step of %s', async (rule) => {
  const settings: RuleSettings = {
    rule,
    rate: 0.01,
    beta1: 0.9,
    beta2: 0.99,
    epsilon: 1e-7,
    l1: 0,
    l2: 0,
    weightDecay: 0.1,
    step: 3,
  };
  for (const [scale, l2] of [
    [1, 0],
    [0.3, 0.01],
    [0, 0],
  ]) {
    await agree(() => {
      const weights = random('w', [5, 7]);
      const inputs = {
        weights,
        gradient: random('g', [5, 7]),
        scale: tf.scalar(scale!),
        m: random('m', [5, 7], 0.1),
        v: tf.square(random('v', [5, 7])),
      };
      const outputs = tf.engine().runKernel(OPTIMISER_STEP, inputs, { ...settings, l2: l2! } as never);
      return outputs as never as tf.Tensor[];
    });
  }
});
