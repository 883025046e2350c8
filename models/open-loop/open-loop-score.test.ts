import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorsOf } from './metrics/sequence.ts';
import { openLoopScore } from './open-loop-score.ts';

const wave = (length: number, shift = 0) => Array.from({ length }, (_, t) => Math.sin((t - shift) / 7));
const angles = fc.array(fc.double({ min: -8, max: 8, noNaN: true }), { minLength: 1, maxLength: 80 });

const scoreOf = (predicted: readonly number[], truth: readonly number[], rate = 20) =>
  openLoopScore({ predicted, truth, rate });

describe('errors', () => {
  it('are the root mean square and the mean absolute error', () => {
    expect(scoreOf([1, 2, 3, 4], [1, 2, 0, 0])).toMatchObject({ rmse: 2.5, mae: 1.75 });
  });

  it('compare predicted[t + shift] with truth[t]', () => {
    const [predicted, truth] = [
      [9, 1, 2],
      [1, 2, 9],
    ];
    expect(errorsOf({ predicted, truth, rate: 20 }, 1)).toEqual([0, 0]);
    expect(errorsOf({ predicted: truth, truth: predicted, rate: 20 }, -1)).toEqual([0, 0]);
    expect(errorsOf({ predicted: [1, 2], truth: [1, 2], rate: 20 }, 2)).toEqual([]);
  });

  it('never reach across a gap', () => {
    const runs = [
      { start: 0, end: 2 },
      { start: 2, end: 4 },
    ];
    expect(errorsOf({ predicted: [0, 1, 10, 11], truth: [1, 2, 11, 12], rate: 20, runs }, 1)).toEqual([0, 0]);
  });
});

describe('balanced MAE', () => {
  it('weighs each bin of the true |angle| alike, however many frames it holds', () => {
    // 99 straight frames without error and one in a bend with an error of 1.
    const truth = [...new Array<number>(99).fill(0), -0.55];
    const predicted = [...new Array<number>(99).fill(0), 0.45];
    const score = scoreOf(predicted, truth);
    expect(score.balancedMae).toBeCloseTo(0.5, 12);
    expect(score.mae).toBeCloseTo(0.01, 12);
  });

  it('is the MAE where all frames fall into one bin', () => {
    expect(scoreOf([0.2, 0], [0.01, 0.09]).balancedMae).toBeCloseTo(0.14, 12);
  });
});

describe('correlation', () => {
  it('is 1 for predictions that steer as the truth does, whatever their size, and -1 the other way', () => {
    const truth = wave(100);
    expect(
      scoreOf(
        wave(100).map((angle) => 0.3 * angle + 1),
        truth,
      ).correlation,
    ).toBeCloseTo(1, 12);
    expect(
      scoreOf(
        wave(100).map((angle) => -2 * angle),
        truth,
      ).correlation,
    ).toBeCloseTo(-1, 12);
  });

  it('has no value where one of the two never changes', () => {
    expect(scoreOf([0.1, 0.1, 0.1], [0, 1, 2]).correlation).toBeNull();
    expect(scoreOf([0, 1, 2], [0.1, 0.1, 0.1]).correlation).toBeNull();
  });
});

describe('direction F1', () => {
  it('is 1 for the right side always, and the mean over left, straight and right', () => {
    expect(scoreOf([3, 0.01, -3], [0.1, 0, -0.1]).directionF1).toBe(1);
    // Straight: called twice, there once, F1 2/3. Left: there and never called, 0. Right: neither, left out.
    expect(scoreOf([0, 0], [0, 1]).directionF1).toBeCloseTo(1 / 3, 12);
  });
});

describe('best lag', () => {
  it.each([3, 0, -4])('finds predictions that come %i frames late', (shift) => {
    const lag = scoreOf(wave(200, shift), wave(200)).bestLag;
    expect(lag).toMatchObject({ frames: shift, seconds: shift / 20 });
    expect(lag.rmse).toBeCloseTo(0, 12);
    expect(lag.gain).toBeCloseTo(shift === 0 ? 0 : 1, 9);
  });

  it('never claims a loss', () => {
    fc.assert(
      fc.property(angles, (truth) => {
        const { bestLag: lag, rmse } = scoreOf([...truth].reverse(), truth);
        expect(lag.rmse).toBeLessThanOrEqual(rmse);
        expect(lag.gain).toBeGreaterThanOrEqual(0);
        expect(Math.abs(lag.frames)).toBeLessThanOrEqual(20);
      }),
    );
  });
});

describe('openLoopScore', () => {
  it('sets the predictions beside the three baselines', () => {
    const truth = wave(400);
    const score = scoreOf(wave(400, 5), truth);
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
        expect(scoreOf(truth, truth, 10)).toMatchObject({
          rmse: 0,
          mae: 0,
          balancedMae: 0,
          bestLag: { frames: 0 },
        });
      }),
    );
  });

  it('has no ratio to a truth that never moves and no repetition of a past that is not there', () => {
    const score = scoreOf([0, 1], [0, 0]);
    expect(score.whitenessRatio).toBeNull();
    expect(score.baselines.repeat).toBeNull();
  });

  it('repeats and measures rates within runs only', () => {
    const truth = [...wave(40), ...wave(40)].map((angle, t) => angle + (t < 40 ? 0 : 50));
    const runs = [
      { start: 0, end: 40 },
      { start: 40, end: 80 },
    ];
    const apart = openLoopScore({ predicted: truth, truth, rate: 20, runs });
    expect(apart.runs).toBe(2);
    expect(apart.whiteness).toBeCloseTo(scoreOf(wave(40), wave(40)).whiteness!, 9);
    expect(apart.baselines.repeat!.rmse).toBeCloseTo(scoreOf(wave(40), wave(40)).baselines.repeat!.rmse, 9);
  });

  it('tells of speeds and torques what is not of angles only', () => {
    const score = openLoopScore({ predicted: wave(40, 1), truth: wave(40), rate: 20, unit: 'm/s' });
    expect(score).toMatchObject({ balancedMae: null, directionF1: null, whiteness: null, whitenessRatio: null });
    expect(score.rmse).toBeGreaterThan(0);
  });

  it('refuses what cannot be compared', () => {
    expect(() => scoreOf([1], [1, 2])).toThrow(RangeError);
    expect(() => scoreOf([], [])).toThrow(RangeError);
  });
});
