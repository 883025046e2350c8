import { InvalidArgumentError } from 'commander';
import { describe, expect, it } from 'vitest';
import { SEED_RANGE } from '../../../sim/number-range.ts';
import { decimal, integer, integers } from './options.ts';

describe('decimal', () => {
  it.each([
    ['0.5', 0.5],
    ['-3', -3],
    ['1e-3', 0.001],
    ['.25', 0.25],
    [' 7 ', 7],
  ])('takes %s', (text, value) => {
    expect(decimal()(text)).toBe(value);
  });

  it.each(['', ' ', 'NaN', 'Infinity', '1e999', '0x10', '1,5', '3 m', '--'])('refuses %j', (text) => {
    expect(() => decimal()(text)).toThrow(InvalidArgumentError);
  });

  it('keeps to its range, bounds in or out', () => {
    expect(decimal({ min: 0, max: 5 })('5')).toBe(5);
    expect(() => decimal({ min: 0, max: 5 })('5.1')).toThrow('from 0 to 5');
    expect(() => decimal({ above: 0 })('0')).toThrow('above 0');
    expect(() => decimal({ max: 1 })('2')).toThrow('not above 1');
  });
});

describe('integer', () => {
  it('takes whole numbers of its range', () => {
    expect(integer(SEED_RANGE)('4294967295')).toBe(2 ** 32 - 1);
    expect(() => integer(SEED_RANGE)('4294967296')).toThrow('a whole number from 0 to 4294967295');
    expect(() => integer()('1.0')).toThrow(InvalidArgumentError);
    expect(() => integer()('90071992547409930')).toThrow(InvalidArgumentError);
  });
});

describe('integers', () => {
  it('takes numbers and ranges', () => {
    expect(integers()('3')).toEqual([3]);
    expect(integers()('1,4..6,9')).toEqual([1, 4, 5, 6, 9]);
  });

  it.each(['', '1,', '6..4', '1..2..3', '..3', '0..100000'])('refuses %j', (text) => {
    expect(() => integers()(text)).toThrow(InvalidArgumentError);
  });

  it('keeps each number to the range', () => {
    expect(() => integers({ max: 5 })('4..6')).toThrow('not above 5');
  });
});
