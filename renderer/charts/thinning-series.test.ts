import { describe, expect, it } from 'vitest';
import { ThinningSeries } from './thinning-series.ts';

describe('ThinningSeries', () => {
  it('keeps the whole curve in bounded memory, the newest part in full', () => {
    const series = new ThinningSeries(2, 100);
    for (let x = 0; x < 10_000; x++) series.add(x, 3 * x);
    const [xs, ys] = series.columns() as [Float64Array, Float64Array];
    expect(xs.length).toBeLessThanOrEqual(100);
    expect(xs.length).toBeGreaterThan(50);
    expect(xs[0]).toBe(0);
    expect([...xs.slice(-20)]).toEqual(Array.from({ length: 20 }, (_, i) => 9980 + i));
    for (let i = 0; i < xs.length; i++) {
      expect(ys[i]).toBe(3 * xs[i]!);
      if (i > 0) expect(xs[i]!).toBeGreaterThan(xs[i - 1]!);
    }
  });

  it('goes over old ground again when a run is resumed', () => {
    const series = new ThinningSeries(2, 100);
    for (const x of [10, 20, 30, 40]) series.add(x, 1);
    series.add(30, 2);
    expect(series.columns().map((column) => [...column])).toEqual([
      [10, 20, 30],
      [1, 1, 2],
    ]);
  });
});
