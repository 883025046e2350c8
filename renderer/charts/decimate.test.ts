import { describe, expect, it } from 'vitest';
import { decimate } from './decimate.ts';

const LENGTH = 100_000;
const xs = Float64Array.from({ length: LENGTH }, (_, i) => 10 * i);
const ys = Float64Array.from({ length: LENGTH }, (_, i) => Math.sin(i / 7) + (i === 54_321 ? 40 : 0));

describe('decimate', () => {
  it('keeps what is seen of a long curve: in each place its ends, its lowest and its highest point', () => {
    const places = 500;
    const [x, y] = decimate([xs, ys], places) as [Float64Array, Float64Array];
    expect(x.length).toBeLessThanOrEqual(4 * (places + 1));
    expect([x[0], x.at(-1)]).toEqual([xs[0], xs.at(-1)]);
    expect(Math.max(...y)).toBe(ys[54_321]);
    const width = (xs.at(-1)! - xs[0]!) / places;
    const ranges = (x: Float64Array, y: Float64Array) => {
      const found = Array.from({ length: places + 1 }, () => [Infinity, -Infinity]);
      for (const [i, value] of y.entries()) {
        const range = found[Math.floor((x[i]! - xs[0]!) / width)]!;
        range[0] = Math.min(range[0]!, value);
        range[1] = Math.max(range[1]!, value);
      }
      return found;
    };
    expect(ranges(x, y)).toEqual(ranges(xs, ys));
    for (let i = 1; i < x.length; i++) expect(x[i]!).toBeGreaterThan(x[i - 1]!);
  });

  it('leaves a short curve as it is', () => {
    const short = [xs.subarray(0, 100), ys.subarray(0, 100)];
    expect(decimate(short, 50)).toEqual(short);
  });
});
