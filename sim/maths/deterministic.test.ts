import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { describe, expect, it } from 'vitest';
import * as maths from './deterministic.ts';

/** `count` points from `from` to `to`, evenly spaced. */
function grid(from: number, to: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));
}

/** Largest relative difference of the two; points where `theirs` is 0 don't count. */
function worst(ours: (x: number) => number, theirs: (x: number) => number, points: readonly number[]): number {
  let largest = 0;
  for (const x of points) {
    const expected = theirs(x);
    const scale = Math.abs(expected);
    if (scale > 0) largest = Math.max(largest, Math.abs(ours(x) - expected) / scale);
  }
  return largest;
}

const ANGLES = [...grid(-7, 7, 20_001), ...grid(-1e6, 1e6, 20_001), ...grid(-1e-8, 1e-8, 11)];
const MAGNITUDES = grid(-700, 700, 5_001).map((e) => Math.exp(e));

describe('deterministic maths agrees with the engine', () => {
  it.each([
    ['sin', maths.sin, Math.sin, ANGLES],
    ['cos', maths.cos, Math.cos, ANGLES],
    ['tan', maths.tan, Math.tan, ANGLES],
    ['atan', maths.atan, Math.atan, [...grid(-20, 20, 20_001), ...MAGNITUDES]],
    ['asin', maths.asin, Math.asin, grid(-1, 1, 20_001)],
    ['acos', maths.acos, Math.acos, grid(-1, 1, 20_001)],
    ['exp', maths.exp, Math.exp, grid(-708, 708, 20_001)],
    ['log', maths.log, Math.log, [...grid(1e-3, 5, 20_001), ...MAGNITUDES, 5e-324, 1e-310, Number.MAX_VALUE]],
    ['tanh', maths.tanh, Math.tanh, [...grid(-5, 5, 20_001), 1e-9, 50, -800]],
  ] as const)('%s to 1e-15 relative', (_name, ours, theirs, points) => {
    expect(worst(ours, theirs, points)).toBeLessThan(1e-15);
  });

  it('atan2 in all quadrants and on the axes', () => {
    const coordinates = [-3, -1, -1e-9, 0, 1e-9, 0.5, 2];
    for (const y of coordinates) {
      for (const x of coordinates) {
        if (x === 0 && y === 0) continue;
        expect(Math.abs(maths.atan2(y, x) - Math.atan2(y, x))).toBeLessThan(5e-16);
      }
    }
    expect(maths.atan2(0, 0)).toBe(0);
  });

  it('pow for whole, negative and broken exponents', () => {
    for (const x of [0.01, 0.5, 1.7, 12]) {
      for (const y of [-7, -2.4, -0.5, 0, 0.5, 1 / 2.4, 2.2, 3, 20]) {
        expect(Math.abs(maths.pow(x, y) / x ** y - 1)).toBeLessThan(4e-15);
      }
    }
    expect(maths.pow(-2, 3)).toBe(-8);
    expect(maths.pow(0, 2.2)).toBe(0);
    expect(maths.pow(-2, 0.3)).toBeNaN();
  });

  it('hypot in two and three dimensions', () => {
    expect(maths.hypot(3, 4)).toBe(5);
    expect(maths.hypot(2, 3, 6)).toBe(7);
  });

  it('carries limits and NaN', () => {
    expect(maths.exp(1000)).toBe(Infinity);
    expect(maths.exp(-1000)).toBe(0);
    expect(maths.log(0)).toBe(-Infinity);
    expect(maths.log(-1)).toBeNaN();
    expect(maths.atan(Infinity)).toBe(Math.PI / 2);
    expect(maths.asin(1.1)).toBeNaN();
    for (const f of [maths.sin, maths.cos, maths.tan, maths.atan, maths.exp, maths.log, maths.tanh]) {
      expect(f(NaN)).toBeNaN();
    }
  });
});

describe('wrapAngle', () => {
  it('keeps the direction and stays in [-pi, pi)', () => {
    for (const angle of [...grid(-30, 30, 4_001), Math.PI, -Math.PI, 3 * Math.PI, 12_345.678]) {
      const wrapped = maths.wrapAngle(angle);
      expect(wrapped).toBeGreaterThanOrEqual(-Math.PI);
      expect(wrapped).toBeLessThan(Math.PI);
      expect(Math.abs(maths.sin(wrapped) - maths.sin(angle))).toBeLessThan(1e-11);
      expect(Math.abs(maths.cos(wrapped) - maths.cos(angle))).toBeLessThan(1e-11);
    }
  });
});

it('gives the same bits in every engine', () => {
  const results: number[] = [];
  for (const x of grid(-40, 40, 3_001)) {
    results.push(maths.sin(x), maths.cos(x), maths.tan(x), maths.atan(x), maths.atan2(x, 1.3), maths.exp(x));
    results.push(maths.tanh(x / 10), maths.asin(x / 40), maths.acos(x / 40), maths.wrapAngle(x), maths.hypot(x, 0.7));
    results.push(maths.log(x + 40.001), maths.pow(x + 40.001, 0.37), maths.sin(x * 2e4));
  }
  const view = new DataView(new ArrayBuffer(8 * results.length));
  for (const [i, value] of results.entries()) view.setFloat64(8 * i, value, true);
  expect(bytesToHex(sha256(new Uint8Array(view.buffer)))).toBe(
    '6a37555922e30d79df50f7638a4833185d4e383002c5fb3cb59115de7f0fb4fb',
  );
});
