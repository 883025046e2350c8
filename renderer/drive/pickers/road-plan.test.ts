import { describe, expect, it } from 'vitest';
import { openTrack } from '../../../sim/track/catalogue.ts';
import { planOf } from './road-plan.ts';

describe('planOf', () => {
  const track = openTrack('millbrook');
  const { path, viewBox } = planOf(track);
  const points = path
    .slice(1, -1)
    .split('L')
    .map((pair) => pair.split(' ').map(Number) as [number, number]);

  it('draws the whole road, closed', () => {
    expect(path).toMatch(/^M.*Z$/);
    let length = 0;
    points.forEach(([x, y], i) => {
      const [nextX, nextY] = points[(i + 1) % points.length]!;
      length += Math.hypot(nextX - x, nextY - y);
    });
    expect(length / track.length).toBeGreaterThan(0.98);
    expect(length / track.length).toBeLessThan(1.02);
  });

  it('holds every point in view, north up', () => {
    const [left, top, width, height] = viewBox.split(' ').map(Number) as [number, number, number, number];
    for (const [x, y] of points) {
      expect(x).toBeGreaterThanOrEqual(left);
      expect(x).toBeLessThanOrEqual(left + width);
      expect(y).toBeGreaterThanOrEqual(top);
      expect(y).toBeLessThanOrEqual(top + height);
    }
    expect(points[0]![1]).toBeCloseTo(-track.pointAt(0).y, 0);
  });
});
