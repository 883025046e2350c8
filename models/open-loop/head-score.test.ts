import { describe, expect, it } from 'vitest';
import { headScore } from './head-score.ts';

/** Somebody presses a key for two frames in eight where the road asks for a steady bend. */
const recorded = Float64Array.from({ length: 400 }, (_, t) => (t % 8 < 2 ? Math.sin(t / 40) * 4 : 0));
const taught = Float64Array.from({ length: 400 }, (_, t) => Math.sin(t / 40));

describe('headScore', () => {
  it('scores what was learned against what was taught, and beside it against what was recorded, with its floor', () => {
    const predicted = taught.map((angle) => 0.9 * angle);
    const score = headScore({ predicted, truth: taught, rate: 20 }, recorded);
    expect(score.rmse).toBeLessThan(0.2 * score.baselines.zero.rmse);
    expect(score.correlation).toBeCloseTo(1, 9);
    // Against the pulses the same predictions look bad; the floor tells that nobody could do much better.
    expect(score.recorded!.rmse).toBeGreaterThan(0.8 * score.recorded!.baselines.mean.rmse);
    expect(score.recorded!.floor.rmse).toBeGreaterThan(0.95 * score.recorded!.rmse);
    expect(headScore({ predicted: taught, truth: taught, rate: 20 }, recorded).recorded!.rmse).toBe(
      score.recorded!.floor.rmse,
    );
  });

  it('says it once where nothing was smoothed', () => {
    expect(headScore({ predicted: taught, truth: recorded, rate: 20 }, recorded).recorded).toBeUndefined();
    expect(headScore({ predicted: taught, truth: recorded, rate: 20 }).recorded).toBeUndefined();
  });
});
