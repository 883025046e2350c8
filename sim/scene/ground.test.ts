import { describe, expect, it } from 'vitest';
import { ellipseTrack } from './ellipse-track.testing.ts';
import { Ground } from './ground.ts';
import { RoadLine } from './road-line.ts';
import { Terrain } from './terrain.ts';

const track = ellipseTrack({ scenery: false });
const line = new RoadLine(track);
const ground = new Ground(line);

describe('the land around a road', () => {
  it('finds the nearest cross-section that a full search finds', () => {
    for (let i = 0; i < 200; i++) {
      const x = -200 + ((i * 73) % 400);
      const y = -150 + ((i * 131) % 300);
      let best = 0;
      const distance = (index: number) => Math.hypot(line.samples[index]!.x - x, line.samples[index]!.y - y);
      for (let k = 1; k < line.samples.length; k++) if (distance(k) < distance(best)) best = k;
      const found = line.nearest(x, y, 90);
      if (distance(best) >= 90) expect(found).toBe(-1);
      else expect(distance(found)).toBeCloseTo(distance(best), 9);
    }
  });

  it('has the height of the road on the road', () => {
    for (let s = 0; s < track.length; s += 7.3) {
      const point = track.pointAt(s);
      for (const lateral of [-3, 0, 3]) {
        const x = point.x - Math.sin(point.heading) * lateral;
        const y = point.y + Math.cos(point.heading) * lateral;
        expect(Math.abs(ground.height(x, y) - point.z)).toBeLessThan(0.05);
      }
    }
  });

  it('has no cliffs: a step of a decimetre changes the height by less than a decimetre', () => {
    for (let angle = 0; angle < 6.28; angle += 0.37) {
      let before = Number.NaN;
      // Outwards only: inside the ellipse the nearest piece of road changes sides.
      for (let out = 0; out < 80; out += 0.1) {
        const x = (140 + out) * Math.cos(angle);
        const y = (90 + out) * Math.sin(angle);
        const height = ground.height(x, y);
        if (out > 0) expect(Math.abs(height - before)).toBeLessThan(0.1);
        before = height;
      }
    }
  });

  it('keeps the drawn land below the road and never far from the true height elsewhere', () => {
    const terrain = new Terrain(ground, 14);
    for (let s = 0; s < track.length; s += 31) {
      const point = track.pointAt(s);
      expect(terrain.surface(point.x, point.y)).toBeCloseTo(point.z, 1);
      const x = point.x + Math.sin(point.heading) * 60;
      const y = point.y - Math.cos(point.heading) * 60;
      expect(Math.abs(terrain.surface(x, y) - ground.height(x, y))).toBeLessThan(1.5);
    }
  });
});
