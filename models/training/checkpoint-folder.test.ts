import { describe, expect, it } from 'vitest';
import { createSpec, planNetwork } from '../zoo/zoo.ts';
import { decodeCheckpointFolder, encodeCheckpointFolder } from './checkpoint-folder.ts';
import type { TrainingState } from './records.ts';

const spec = createSpec('cnn-lstm');
const { plans } = planNetwork(spec);
const variables = new Map(plans.map(({ name, shape }) => [name, { shape }])) as never;
const numbers = (from: number) =>
  new Map(
    plans.map(({ name, shape }) => [
      name,
      Float32Array.from({ length: shape.reduce((product, size) => product * size, 1) }, (_, i) => from + i / 7),
    ]),
  );
const state: TrainingState = {
  epoch: 3,
  step: 40,
  weights: numbers(1),
  bestWeights: numbers(2),
  optimiser: { step: 120, slots: new Map([['heads/kernel#m', Float32Array.of(0.25, -1e-9)]]) },
  history: [{ epoch: 1, loss: 0.5, gradientNorm: 2, validationLoss: Number.NaN, learningRate: 1e-3, tensors: 40 }],
  more: new Map([['average/heads/kernel', Float32Array.of(3, 4)]]),
};
const files = () => encodeCheckpointFolder({ spec, variables }, state);

describe('a checkpoint folder', () => {
  it('brings back all that resuming needs, to the last bit', () => {
    expect(decodeCheckpointFolder(files())).toEqual({ spec, state });
  });

  it('is refused when its numbers are cut short', () => {
    const cut = files();
    cut.set('last.ckpt', cut.get('last.ckpt')!.slice(0, -4));
    expect(() => decodeCheckpointFolder(cut)).toThrow(/checkpoint\/last\.ckpt: .* bytes of numbers, .* belong there;/);
  });

  it('is refused when a file is missing, or of the earlier form', () => {
    const without = files();
    without.delete('last.ckpt');
    expect(() => decodeCheckpointFolder(without)).toThrow(/missing, or of an earlier version; start the training anew/);
  });

  it('is refused when its first line is not one', () => {
    const broken = files();
    broken.set('last.ckpt', new TextEncoder().encode('something else'));
    expect(() => decodeCheckpointFolder(broken)).toThrow(/this is no checkpoint/);
  });
});
