import { expect, test } from 'vitest';
import { createStream } from '../../../sim/random/stream.ts';
import { openForTests } from '../../testing/open-for-tests.ts';
import * as tf from '../../tf.ts';
import { filterGradient } from './filter-gradient.ts';
import { inputGradient } from './input-gradient.ts';

interface Case {
  readonly input: [number, number, number, number];
  readonly kernel: [number, number];
  readonly filters: number;
  readonly strides: [number, number];
  readonly pad: 'same' | 'valid' | number | [[0, 0], [number, number], [number, number], [0, 0]];
}

const CASES: Case[] = [
  { input: [2, 9, 11, 3], kernel: [5, 5], filters: 4, strides: [2, 2], pad: 'valid' },
  { input: [3, 8, 10, 2], kernel: [5, 5], filters: 3, strides: [2, 2], pad: 'valid' },
  { input: [2, 8, 9, 3], kernel: [3, 3], filters: 5, strides: [1, 1], pad: 'valid' },
  { input: [2, 7, 9, 3], kernel: [3, 3], filters: 4, strides: [1, 1], pad: 'same' },
  { input: [2, 7, 10, 3], kernel: [5, 3], filters: 9, strides: [2, 2], pad: 'same' },
  { input: [1, 10, 10, 1], kernel: [4, 4], filters: 1, strides: [3, 3], pad: 'valid' },
  { input: [2, 11, 12, 2], kernel: [2, 2], filters: 3, strides: [3, 4], pad: 'valid' },
  { input: [2, 9, 9, 4], kernel: [1, 1], filters: 8, strides: [1, 1], pad: 'valid' },
  { input: [2, 9, 8, 4], kernel: [1, 1], filters: 2, strides: [2, 2], pad: 'same' },
  { input: [2, 6, 7, 3], kernel: [3, 3], filters: 4, strides: [2, 2], pad: 1 },
  {
    input: [2, 6, 7, 3],
    kernel: [3, 4],
    filters: 4,
    strides: [2, 1],
    pad: [
      [0, 0],
      [2, 0],
      [1, 3],
      [0, 0],
    ],
  },
  { input: [5, 5, 5, 17], kernel: [5, 5], filters: 19, strides: [1, 1], pad: 'valid' },
  { input: [1, 12, 13, 6], kernel: [7, 7], filters: 5, strides: [4, 4], pad: 'same' },
];

function numbers(name: string, length: number): Float32Array {
  const stream = createStream(7, name);
  return Float32Array.from({ length }, () => stream.normal());
}

/** `wasm` with the compiled kernels, `forward` with those on tfjs' own forward convolution. */
async function gradients(backend: 'cpu' | 'wasm' | 'forward', given: Case): Promise<Float32Array[]> {
  await openForTests(backend === 'cpu' ? 'cpu' : 'wasm');
  const { input, kernel, filters, strides, pad } = given;
  const filterShape = [...kernel, input[3], filters] as [number, number, number, number];
  const x = tf.tensor4d(numbers('x', tf.util.sizeFromShape(input)), input);
  const filter = tf.tensor4d(numbers('filter', tf.util.sizeFromShape(filterShape)), filterShape);
  const y = tf.conv2d(x, filter, strides, pad as 'same', 'NHWC', 1, typeof pad === 'number' ? 'floor' : undefined);
  const dy = tf.tensor(numbers('dy', y.size), y.shape);
  const before = tf.memory().numTensors;
  const attributes = {
    strides,
    pad,
    dataFormat: 'NHWC',
    dimRoundingMode: typeof pad === 'number' ? 'floor' : undefined,
  };
  const run = (name: string, inputs: object, extra: object): tf.Tensor => {
    const attrs = { ...attributes, ...extra } as never;
    if (backend !== 'forward') return tf.engine().runKernel(name, inputs as never, attrs);
    const kernel = name === 'Conv2DBackpropInput' ? inputGradient : filterGradient;
    const made = kernel({ inputs: inputs as never, attrs, backend: tf.backend() as never });
    return tf.engine().makeTensorFromTensorInfo(made);
  };
  const dFilter = run('Conv2DBackpropFilter', { x, dy }, { filterShape });
  const dInput = run('Conv2DBackpropInput', { dy, filter }, { inputShape: input });
  expect(tf.memory().numTensors).toBe(before + 2);
  const result = [dFilter, dInput].map((tensor) => tensor.dataSync().slice() as Float32Array);
  tf.dispose([x, filter, y, dy, dFilter, dInput]);
  return result;
}

test.each(CASES.map((given) => ({ name: JSON.stringify(given), given })))(
  'agrees with cpu: $name',
  async ({ given }) => {
    const expected = await gradients('cpu', given);
    const actual = await gradients('wasm', given);
    for (const [which, numbers] of expected.entries()) {
      expect(actual[which]!.length).toBe(numbers.length);
      const scale = Math.max(...numbers.map(Math.abs));
      for (const [i, value] of numbers.entries()) {
        expect(Math.abs(actual[which]![i]! - value), `number ${i} of gradient ${which}`).toBeLessThan(
          2e-6 * scale + 1e-6,
        );
      }
    }
  },
);

test('the filter gradient agrees with finite differences of the convolution', async () => {
  await openForTests('wasm');
  const x = tf.tensor4d(numbers('x', 2 * 9 * 11 * 3), [2, 9, 11, 3]);
  const filter = numbers('filter', 5 * 5 * 3 * 4);
  const dy = tf.tensor4d(numbers('dy', 2 * 3 * 4 * 4), [2, 3, 4, 4]);
  const product = (weights: Float32Array): number =>
    tf.tidy(() => {
      const y = tf.conv2d(x, tf.tensor4d(weights, [5, 5, 3, 4]), 2, 'valid');
      return (tf.sum(tf.mul(y, dy)).dataSync() as Float32Array)[0]!;
    });
  const attributes = { strides: [2, 2], pad: 'valid', dataFormat: 'NHWC', filterShape: [5, 5, 3, 4] };
  const gradient = tf.engine().runKernel('Conv2DBackpropFilter', { x, dy } as never, attributes as never) as tf.Tensor;
  const values = gradient.dataSync();
  // The product is linear in the filter: a wide step has no truncation error, only the rounding of float32.
  for (const i of [0, 7, 100, 151, 299]) {
    const [up, down] = [filter.slice(), filter.slice()];
    up[i]! += 1;
    down[i]! -= 1;
    expect((product(up) - product(down)) / 2).toBeCloseTo(values[i]!, 3);
  }
});
