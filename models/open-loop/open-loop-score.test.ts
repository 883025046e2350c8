import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { angleError, balancedMae, bestLag, openLoopScore } from './open-loop-score.ts';

const wave = (length: number, shift = 0) => Array.from({ length }, (_, t) => Math.sin((t - shift) / 7));
const angles = fc.array(fc.double({ min: -8, max: 8, noNaN: true }), { minLength: 1, maxLength: 80 });

describe('angleError', () => {
  it('is the root mean square and the mean absolute error', () => {
    expect(angleError([1, 2, 3, 4], [1, 2, 0, 0])).toEqual({ rmse: 2.5, mae: 1.75 });
  });

  it('compares predicted[t + shift] with truth[t]', () => {
    expect(angleError([9, 1, 2], [1, 2, 9], 1)).toEqual({ rmse: 0, mae: 0 });
    expect(angleError([1, 2, 9], [9, 1, 2], -1)).toEqual({ rmse: 0, mae: 0 });
    expect(() => angleError([1, 2], [1, 2], 2)).toThrow(RangeError);
  });
});

describe('balancedMae', () => {
  it('weighs each bin of the true |angle| alike, however many frames it holds', () => {
    // 99 straight frames without error and one in a bend with an error of 1.
    const truth = [...new Array<number>(99).fill(0), -0.55];
    const predicted = [...new Array<number>(99).fill(0), 0.45];
    expect(balancedMae(predicted, truth)).toBeCloseTo(0.5, 12);
    expect(angleError(predicted, truth).mae).toBeCloseTo(0.01, 12);
  });

  it('is the MAE where all frames fall into one bin', () => {
    expect(balancedMae([0.2, 0], [0.01, 0.09])).toBeCloseTo(0.14, 12);
  });
});

describe('bestLag', () => {
  it.each([3, 0, -4])('finds predictions that come %i frames late', (shift) => {
    const lag = bestLag(wave(200, shift), wave(200), 20);
    expect(lag).toMatchObject({ frames: shift, seconds: shift / 20 });
    expect(lag.rmse).toBeCloseTo(0, 12);
    expect(lag.gain).toBeCloseTo(shift === 0 ? 0 : 1, 9);
  });

  it('never claims a loss', () => {
    fc.assert(
      fc.property(angles, (truth) => {
        const predicted = [...truth].reverse();
        const lag = bestLag(predicted, truth, 20);
        expect(lag.rmse).toBeLessThanOrEqual(angleError(predicted, truth).rmse);
        expect(lag.gain).toBeGreaterThanOrEqual(0);
        expect(Math.abs(lag.frames)).toBeLessThanOrEqual(20);
      }),
    );
  });
});

describe('openLoopScore', () => {
  it('sets the predictions beside the three baselines', () => {
    const truth = wave(400);
    const score = openLoopScore(wave(400, 5), truth, 20);
    // 0.25 s at 20 Hz are 5 frames, which is how late the predictions are.
    expect(score.baselines.repeat?.rmse).toBeCloseTo(score.rmse, 2);
    const mean = truth.reduce((sum, value) => sum + value, 0) / truth.length;
    const square = truth.reduce((sum, value) => sum + value * value, 0) / truth.length;
    expect(score.baselines.zero.rmse).toBeCloseTo(Math.sqrt(square), 12);
    expect(score.baselines.mean.rmse).toBeCloseTo(Math.sqrt(square - mean * mean), 12);
    expect(score.whitenessRatio).toBeCloseTo(1, 2);
  });

  it('gives perfect predictions no error and no lag', () => {
    fc.assert(
      fc.property(angles, (truth) => {
        expect(openLoopScore(truth, truth, 10)).toMatchObject({
          rmse: 0,
          mae: 0,
          balancedMae: 0,
          bestLag: { frames: 0 },
        });
      }),
    );
  });

  it('has no ratio to a truth that never moves and no repetition of a past that is not there', () => {
    const score = openLoopScore([0, 1], [0, 0], 20);
    expect(score.whitenessRatio).toBeNull();
    expect(score.baselines.repeat).toBeNull();
  });

  it('refuses what cannot be compared', () => {
    expect(() => openLoopScore([1], [1, 2], 20)).toThrow(RangeError);
    expect(() => openLoopScore([], [], 20)).toThrow(RangeError);
  });
});
