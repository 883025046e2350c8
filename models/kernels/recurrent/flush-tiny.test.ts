import { expect, it } from 'vitest';
import { openForTests } from '../../testing/open-for-tests.ts';
import * as tf from '../../tf.ts';
import { LSTM_BACKWARD } from './lstm-kernels.ts';

const [BATCH, TIME, UNITS] = [2, 3, 4];

/** What flows back out of a memory of four units when this flows into it. */
async function backThrough(gradient: number): Promise<number[]> {
  const sequence = [BATCH, TIME, UNITS] as [number, number, number];
  const inputs = {
    recurrent: tf.fill([UNITS, 4 * UNITS], 0.5),
    initialCell: tf.fill([BATCH, UNITS], 0.5),
    cell: tf.fill(sequence, 0.5),
    gates: tf.fill([BATCH, TIME, 4 * UNITS], 0.5),
    hiddenGradient: tf.fill(sequence, gradient),
    cellGradient: tf.fill(sequence, gradient),
  };
  const outputs = tf.engine().runKernel(LSTM_BACKWARD, inputs) as unknown as tf.Tensor[];
  const numbers = (await Promise.all(outputs.map((output) => output.data()))).flatMap((one) => [...one]);
  tf.dispose([...Object.values(inputs), ...outputs]);
  return numbers;
}

it.each(['wasm', 'cpu'] as const)('a memory lets no gradients through on %s that are next to zero', async (backend) => {
  await openForTests(backend);
  expect((await backThrough(1e-3)).every((number) => number !== 0)).toBe(true);
  // The smallest of these is normal, but what the layers before make of it would not be.
  expect((await backThrough(1e-30)).filter((number) => number !== 0)).toEqual([]);
});
