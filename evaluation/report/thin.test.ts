import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { thinEvenly, thinLine, thinSeries } from './thin.ts';

describe('thinSeries', () => {
  it('keeps both ends and every extreme, and no more than two points a column beside', () => {
    const values = fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 400 });
    fc.assert(
      fc.property(values, (series) => {
        const times = series.map((_, i) => i / 20);
        const kept = thinSeries(times, series, 10);
        expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b));
        expect(kept.length).toBeLessThanOrEqual(22);
        expect(kept[0]).toBe(0);
        expect(kept.at(-1)).toBe(series.length - 1);
        const thinned = kept.map((i) => series[i]!);
        expect(Math.max(...thinned)).toBe(Math.max(...series));
        expect(Math.min(...thinned)).toBe(Math.min(...series));
      }),
    );
  });

  it('leaves out what is no number', () => {
    expect(thinSeries([0, 1, 2, 3], [1, Number.NaN, 2, Number.POSITIVE_INFINITY], 5)).toEqual([0, 2]);
  });
});

describe('thinLine', () => {
  it('keeps points that lie far enough apart, and both ends', () => {
    const points = [0, 0.4, 1.1, 1.5, 2.2, 2.3].map((x) => [x, 0] as const);
    expect(thinLine(points, 1)).toEqual([0, 2, 4, 5]);
    expect(thinLine([], 1)).toEqual([]);
  });
});

describe('thinEvenly', () => {
  it('picks evenly, with both ends', () => {
    expect(thinEvenly(11, 3)).toEqual([0, 5, 10]);
    expect(thinEvenly(3, 12)).toEqual([0, 1, 2]);
    expect(thinEvenly(5, 1)).toEqual([0]);
  });
});
