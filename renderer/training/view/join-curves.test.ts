import { describe, expect, it } from 'vitest';
import { joinByStep } from './join-curves.ts';

const curve = (...points: [number, number][]) => [
  Float64Array.from(points, ([x]) => x),
  Float64Array.from(points, ([, y]) => y),
];

describe('joinByStep', () => {
  it('puts curves with different steps on one axis', () => {
    const [x, a, b] = joinByStep([curve([10, 1], [20, 2], [30, 3]), curve([20, 5], [40, Number.NaN])]);
    expect([...x!]).toEqual([10, 20, 30, 40]);
    expect(a).toEqual([1, 2, 3, null]);
    expect(b).toEqual([null, 5, null, null]);
  });

  it('has a column for a curve without points', () => {
    const joined = joinByStep([curve([10, 1]), curve()]);
    expect(joined.slice(1)).toEqual([[1], [null]]);
    expect(joinByStep([curve(), curve()]).map((column) => column.length)).toEqual([0, 0, 0]);
  });
});
