import { expect, it } from 'vitest';
import { amountIn } from './amounts.ts';

it.each([
  ['share', 0.05, false, 0.25, '25 %'],
  ['m', 0.1, true, 0.5, '± 0.5 m'],
  ['m', 0.1, true, 0, 'none'],
  ['rad', 0.005, true, 0.1, '± 5.7 °'],
  ['levels', 1, true, 8, '± 8 levels'],
  ['s', 0.1, false, 2, '2.0 s'],
] as const)('shows an amount in %s', (unit, step, eitherWay, amount, words) => {
  expect(amountIn(unit, step, eitherWay)(amount)).toBe(words);
});
