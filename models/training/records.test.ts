import { describe, expect, it } from 'vitest';
import { bestOf, type EpochRecord, judged } from './records.ts';

const record = (epoch: number, validationLoss: number, steering?: number): EpochRecord => ({
  epoch,
  loss: 1 / epoch,
  validationLoss,
  gradientNorm: 1,
  learningRate: 1e-3,
  tensors: 10,
  ...(steering !== undefined && { heads: { steeringAngle: { loss: steering, mean: 0.4 } } }),
});

describe('the best epoch', () => {
  it('is the one that steers best, whatever the other heads do', () => {
    const history = [record(1, 0.5, 0.5), record(2, 0.9, 0.2), record(3, 0.7, 0.3)];
    expect(bestOf(history)?.epoch).toBe(2);
    expect(judged(history[1]!)).toBe(0.2);
  });

  it('follows all heads together where an epoch of an earlier version does not tell them apart', () => {
    expect(bestOf([record(1, 0.5), record(2, 0.9, 0.2)])?.epoch).toBe(1);
  });

  it('follows the training loss without validation windows', () => {
    const history = [record(1, Number.NaN), record(2, Number.NaN)];
    expect(bestOf(history)?.epoch).toBe(2);
    expect(judged(history[1]!)).toBe(0.5);
  });
});
