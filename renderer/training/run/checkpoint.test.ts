import { describe, expect, it } from 'vitest';
import type { TrainingState } from '../../../models/training/records.ts';
import { createSpec, planNetwork } from '../../../models/zoo/zoo.ts';
import { decodeCheckpoint, encodeCheckpoint } from './checkpoint.ts';

const spec = createSpec('cnn-lstm');
const { plans } = planNetwork(spec);
const shapes = new Map(plans.map(({ name, shape }) => [name, shape]));
const numbers = (from: number) =>
  new Map(
    plans.map(({ name, shape }) => [
      name,
      Float32Array.from({ length: shape.reduce((product, size) => product * size, 1) }, (_, i) => from + i / 7),
    ]),
  );
const state: TrainingState = {
  epoch: 3,
  weights: numbers(1),
  bestWeights: numbers(2),
  optimiser: { step: 120, slots: new Map([['heads/kernel#m', Float32Array.of(0.25, -1e-9)]]) },
  history: [{ epoch: 1, loss: 0.5, gradientNorm: 2, validationLoss: Number.NaN, learningRate: 1e-3, tensors: 40 }],
};

describe('a checkpoint', () => {
  it('brings back all that resuming needs, to the last bit', () => {
    const found = decodeCheckpoint(encodeCheckpoint(spec, shapes, state));
    expect(found.spec).toEqual(spec);
    expect(found.state).toEqual(state);
  });

  it('is refused when its numbers are cut short', () => {
    const files = encodeCheckpoint(spec, shapes, state);
    files.set('state.bin', files.get('state.bin')!.slice(0, -4));
    expect(() => decodeCheckpoint(files)).toThrow(/checkpoint: its size is wrong; start the training anew/);
  });

  it('is refused when a file is missing', () => {
    const files = encodeCheckpoint(spec, shapes, state);
    files.delete('state.json');
    expect(() => decodeCheckpoint(files)).toThrow(/missing or not whole/);
  });
});
