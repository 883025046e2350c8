import { expect, it } from 'vitest';
import { describeRange, isWithin } from './number-range.ts';

it.each([
  [{}, '', [-1e300, 1e300], []],
  [{ min: 0, max: 5 }, 'from 0 to 5', [0, 5], [-0.1, 5.1]],
  [{ above: 0, below: 1 }, 'between 0 and 1', [0.5], [0, 1]],
  [{ min: 0, below: 1 }, 'from 0 to below 1', [0, 0.999], [1]],
  [{ above: 0, max: 1 }, 'above 0, at most 1', [1], [0]],
  [{ min: 1 }, 'not below 1', [1], [0]],
  [{ above: 0 }, 'above 0', [1e-300], [0]],
  [{ max: 1 }, 'not above 1', [1], [2]],
  [{ below: 1 }, 'below 1', [0], [1]],
])('the range %j is %s', (range, words, inside, outside) => {
  expect(describeRange(range)).toBe(words);
  for (const value of inside) expect(isWithin(value, range)).toBe(true);
  for (const value of [...outside, Number.NaN]) expect(isWithin(value, range)).toBe(false);
});
