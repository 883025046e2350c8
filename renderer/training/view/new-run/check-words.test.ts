import { expect, it } from 'vitest';
import { checkWords } from './check-words.ts';

const gradient = { variable: 'a', analytic: 1, numeric: 1, relativeError: 0 };

it('says what a network has passed, and what not, with what to do', () => {
  const passed = { before: 1, after: 0.005, steps: 60, passed: true };
  expect(checkWords({ gradients: [gradient, gradient], wrong: [], overfit: passed })).toEqual({
    good: true,
    lines: [
      'All 2 gradients agree with finite differences.',
      'It learned two windows by heart: the loss fell 200 times in 60 steps.',
    ],
  });
  const failed = { before: 1, after: 0.5, steps: 300, passed: false };
  const { good, lines } = checkWords({ gradients: [gradient], wrong: ['conv/filter'], overfit: failed });
  expect(good).toBe(false);
  expect(lines[0]).toMatch(/conv\/filter differs/);
  expect(lines[1]).toMatch(/in 300 steps the loss fell only 2\.0 times/);
});
