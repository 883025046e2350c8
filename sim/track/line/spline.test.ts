import { describe, expect, it } from 'vitest';
import { cos, sin } from '../../maths/deterministic.ts';
import { cubicSpline, splineThrough } from './spline.ts';

const KNOTS = [0, 1, 2.5, 3, 4.7];

describe('a cubic spline', () => {
  it.each([false, true])('meets its values and joins smoothly (closed: %s)', (closed) => {
    const values = [1, -2, 0.5, 3, ...(closed ? [] : [2])];
    const pieces = cubicSpline(KNOTS, values, closed);
    const at = (i: number, u: number) => {
      const [a, b, c, d] = pieces[i]!;
      return [a + u * (b + u * (c + u * d)), b + u * (2 * c + 3 * u * d), 2 * c + 6 * u * d];
    };
    for (let i = 0; i < pieces.length; i++) {
      expect(at(i, 0)[0]).toBeCloseTo(values[i]!, 12);
      const next = (i + 1) % pieces.length;
      if (!closed && next === 0) continue;
      at(i, KNOTS[i + 1]! - KNOTS[i]!).forEach((value, order) => {
        expect(value, `piece ${i}, derivative ${order}`).toBeCloseTo(at(next, 0)[order]!, 10);
      });
    }
    if (!closed) {
      expect(at(0, 0)[2]).toBeCloseTo(0, 12);
      expect(at(3, 1.7)[2]).toBeCloseTo(0, 12);
    }
  });

  it('reproduces a straight', () => {
    const { line } = splineThrough([0, 3, 9, 12], [0, 4, 12, 16], false);
    expect(line.length).toBeCloseTo(20, 10);
    const { x, y, curvature } = line.pointAt(7.5, { x: 0, y: 0, heading: 0, curvature: 0 });
    expect([x, y, curvature].map((value) => Number(value.toFixed(9)))).toEqual([4.5, 6, 0]);
  });

  it('comes nearer to a circle with the fourth power of the spacing', () => {
    const error = (count: number) => {
      const angles = Array.from({ length: count }, (_, i) => (2 * Math.PI * i) / count);
      const { line } = splineThrough(angles.map(cos), angles.map(sin), true);
      const { x, y } = line.pointAt(line.length / (2 * count), { x: 0, y: 0, heading: 0, curvature: 0 });
      return Math.abs(Math.sqrt(x * x + y * y) - 1);
    };
    const ratio = error(20) / error(40);
    expect(ratio).toBeGreaterThan(12);
    expect(ratio).toBeLessThan(20);
  });
});
