import { describe, expect, it } from 'vitest';
import type { EpochRecord } from '../training/records.ts';
import { diagnoseCurves } from './curve-diagnosis.ts';

function history(losses: readonly (readonly [number, number])[], gradientNorm = 1): EpochRecord[] {
  return losses.map(([loss, validationLoss], i) => ({
    epoch: i + 1,
    loss,
    validationLoss,
    gradientNorm,
    learningRate: 1e-3,
    tensors: 10,
  }));
}

describe('diagnoseCurves', () => {
  it('waits for three epochs', () => {
    expect(
      diagnoseCurves(
        history([
          [1, 1],
          [0.5, 0.5],
        ]),
      ),
    ).toBeNull();
  });

  it.each([
    [
      'learning by heart',
      history([
        [1, 1],
        [0.6, 0.5],
        [0.4, 0.55],
        [0.2, 0.6],
        [0.1, 0.7],
      ]),
      /by heart.*epoch 2/,
    ],
    [
      'a gap to the unseen',
      history([
        [1, 1],
        [0.4, 0.9],
        [0.1, 0.8],
      ]),
      /not seen/,
    ],
    [
      'no learning',
      history([
        [1, 1],
        [0.99, 1],
        [0.98, 1],
      ]),
      /raise the learning rate/,
    ],
    [
      'a rate too high',
      history(
        [
          [1, 1],
          [1.2, 1],
          [1.1, 1],
        ],
        80,
      ),
      /lower the learning rate/,
    ],
    [
      'a plateau',
      history([
        [1, 1],
        [0.3, 0.3],
        [0.3, 0.3],
        [0.3, 0.3],
        [0.3, 0.3],
      ]),
      /levelled off/,
    ],
    [
      'progress',
      history([
        [1, 1],
        [0.6, 0.6],
        [0.4, 0.4],
      ]),
      /is learning/,
    ],
    [
      'progress without validation',
      history([
        [1, NaN],
        [0.6, NaN],
        [0.4, NaN],
      ]),
      /is learning/,
    ],
  ])('sees %s', (_, records, words) => {
    expect(diagnoseCurves(records)).toMatch(words);
  });
});
