import { expect, it } from 'vitest';
import { lossOfMean } from './loss-of-mean.ts';

it.each([
  ['mse', 2.5],
  ['mae', 1.5],
  // Deviations of 1 and 2: 1/2, and 1 · (2 − 1/2).
  ['huber', 1],
  // Half of 1 + ln σ².
  ['gaussian', 0.5 * (1 + Math.log(2.5))],
] as const)('what saying the mean costs by %s', (loss, expected) => {
  expect(lossOfMean([-2, -1, 1, 2], { loss, huberDelta: 1 })).toBeCloseTo(expected, 12);
  expect(lossOfMean([8, 9, 11, 12], { loss, huberDelta: 1 })).toBeCloseTo(expected, 12);
});

it('is not known without labels', () => {
  expect(lossOfMean([], { loss: 'mse', huberDelta: 1 })).toBeNaN();
});
