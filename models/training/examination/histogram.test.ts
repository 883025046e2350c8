import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStream } from '../../../sim/random/stream.ts';
import { openForTests } from '../../testing/open-for-tests.ts';
import * as tf from '../../tf.ts';
import { PER_DECADE, type SignedBins, sideOf } from './bins.ts';
import { histogram } from './histogram.ts';

const bins = { lowest: -2, highest: 1 };

/** All bins: the negative ones, largest first, then zero, then the positive ones. */
function countOf(bins: SignedBins): number {
  return 2 * sideOf(bins) + 1;
}

/** Between which numbers a bin lies, the lower one included on the positive side; the outermost bins are open. */
function edgesOf(bins: SignedBins, bin: number): [from: number, to: number] {
  const side = sideOf(bins);
  const edge = (steps: number) => 10 ** (bins.lowest + steps / PER_DECADE);
  const distance = Math.abs(bin - side);
  if (distance === 0) return [-edge(0), edge(0)];
  const [near, far] = [edge(distance - 1), distance === side ? Number.POSITIVE_INFINITY : edge(distance)];
  return bin > side ? [near, far] : [-far, -near];
}

const read = (values: number[]) => {
  const counts = histogram(tf.tensor1d(values), bins);
  const numbers = [...counts.dataSync()];
  counts.dispose();
  return numbers;
};

describe.each(['wasm', 'cpu'] as const)('a histogram on %s', (backend) => {
  beforeAll(() => openForTests(backend));
  afterAll(() => tf.disposeVariables());

  it('counts numbers between the edges that it names, to both sides of zero', () => {
    const random = createStream(1, 'histogram');
    const values = Array.from({ length: 500 }, () => random.normal() * 10 ** random.uniform(-4, 2));
    const expected = Array.from({ length: countOf(bins) }, (_, bin) => {
      const [from, to] = edgesOf(bins, bin);
      return values.filter((value) => value > from && value <= to).length;
    });
    expect(read(values)).toEqual(expected);
    expect(expected.every((count) => count > 0)).toBe(true);
  });

  it('has zero in the middle, and what is no number at the far end', () => {
    const middle = (countOf(bins) - 1) / 2;
    const counts = read([0, 1e-9, -1e-9, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -50]);
    expect(counts[middle]).toBe(3);
    expect(counts.at(-1)).toBe(3);
    expect(counts[0]).toBe(1);
  });

  it('leaves nothing but its counts behind', () => {
    const values = tf.tensor4d(new Float32Array(24), [2, 3, 2, 2]);
    const before = tf.memory().numTensors;
    histogram(values, bins).dispose();
    expect(tf.memory().numTensors).toBe(before);
    values.dispose();
  });
});
