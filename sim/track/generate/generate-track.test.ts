import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cos, hypot, sin, wrapAngle } from '../../maths/deterministic.ts';
import { createStream } from '../../random/stream.ts';
import type { Track } from '../track.ts';
import { generateTrack } from './generate-track.ts';

const ROADS = [0, 0.3, 0.6, 1].map((difficulty, i) => generateTrack({ family: 'country', seed: 40 + i, difficulty }));

/** Bytes of all that a track says about itself. */
function bytesOf(track: Track): Uint8Array {
  const numbers = [track.length, track.shoulderWidth, track.speedLimit];
  for (let s = 0; s < track.length; s += 3.7) {
    const { x, y, z, heading, curvature, grade, bank } = track.pointAt(s);
    numbers.push(x, y, z, heading, curvature, grade, bank, track.laneCentre(s), track.leftEdge(s));
  }
  for (const { x, y, z, yaw, height, variant } of track.scenery) numbers.push(x, y, z, yaw, height, variant);
  const view = new DataView(new ArrayBuffer(8 * numbers.length));
  for (const [i, value] of numbers.entries()) view.setFloat64(8 * i, value, true);
  return new Uint8Array(view.buffer);
}

describe.each(ROADS.map((road) => [road.id, road] as const))('%s', (_id, track) => {
  it('measures the way along itself', () => {
    let chords = 0;
    const steps = 20_000;
    let before = track.pointAt(0);
    for (let i = 1; i <= steps; i++) {
      const after = track.pointAt((i * track.length) / steps);
      chords += hypot(after.x - before.x, after.y - before.y);
      before = after;
    }
    // A chord is shorter than its arc by (k·ds)²/24 of its length at most.
    expect(Math.abs(chords / track.length - 1)).toBeLessThan(1e-6);
  });

  it('turns its heading by its curvature and climbs by its grade', () => {
    const d = 1e-3;
    for (let s = 0; s < track.length; s += 7.3) {
      const [before, here, after] = [track.pointAt(s - d), track.pointAt(s), track.pointAt(s + d)];
      const turning = wrapAngle(after.heading - before.heading) / (2 * d);
      expect(Math.abs(turning - here.curvature)).toBeLessThan(1e-5);
      expect(Math.abs((after.z - before.z) / (2 * d) - here.grade)).toBeLessThan(1e-6);
      const along = cos(here.heading) * (after.x - before.x) + sin(here.heading) * (after.y - before.y);
      expect(along / (2 * d)).toBeCloseTo(1, 6);
    }
  });

  it('ends where it begins, in place, direction, curvature and height', () => {
    const start = track.pointAt(0);
    const end = track.pointAt(track.length - 1e-7);
    expect(hypot(end.x - start.x, end.y - start.y)).toBeLessThan(1e-6);
    expect(Math.abs(wrapAngle(end.heading - start.heading))).toBeLessThan(1e-6);
    expect(Math.abs(end.curvature - start.curvature)).toBeLessThan(1e-6);
    expect(Math.abs(end.z - start.z)).toBeLessThan(1e-6);
    expect(track.pointAt(track.length + 12.5).x).toBeCloseTo(track.pointAt(12.5).x, 9);
  });

  it('keeps its bends wide enough and its parts apart', () => {
    const points = Array.from({ length: Math.floor(track.length / 5) }, (_, i) => track.pointAt(5 * i));
    for (const point of points) expect(Math.abs(point.curvature)).toBeLessThanOrEqual(1 / 25 + 1e-9);
    for (let i = 0; i < points.length; i++) {
      for (let j = i + 15; j < points.length; j++) {
        if (i + points.length - j < 15) continue;
        expect(hypot(points[i]!.x - points[j]!.x, points[i]!.y - points[j]!.y)).toBeGreaterThan(25);
      }
    }
  });

  it('finds the place a position was made from', () => {
    const places = fc.record({
      s: fc.double({ min: 0, max: track.length, noNaN: true, maxExcluded: true }),
      lateral: fc.double({ min: -11, max: 11, noNaN: true }),
      hintError: fc.double({ min: -20, max: 20, noNaN: true }),
    });
    fc.assert(
      fc.property(places, ({ s, lateral, hintError }) => {
        const point = track.pointAt(s);
        const x = point.x - lateral * sin(point.heading);
        const y = point.y + lateral * cos(point.heading);
        for (const hint of [undefined, s + hintError]) {
          const found = track.project(x, y, hint);
          const difference = Math.abs(found.s - s);
          expect(Math.min(difference, track.length - difference)).toBeLessThan(1e-6);
          expect(Math.abs(found.lateral - lateral)).toBeLessThan(1e-6);
          expect(found.s).toBeGreaterThanOrEqual(0);
          expect(found.s).toBeLessThan(track.length);
        }
      }),
      { seed: 1, numRuns: 150 },
    );
  });

  it('has lanes of the usual width inside its edges, and nothing stands on road or shoulders', () => {
    for (let s = 0; s < track.length; s += 50) {
      expect(track.laneWidth(s)).toBeGreaterThanOrEqual(3.2);
      expect(track.laneWidth(s)).toBeLessThanOrEqual(3.7);
      expect(track.laneCentre(s) - track.laneWidth(s) / 2).toBeGreaterThan(track.rightEdge(s));
    }
    expect(track.scenery.length).toBeGreaterThan(80);
    for (const item of track.scenery) {
      const { s, lateral } = track.project(item.x, item.y);
      const edge = lateral > 0 ? track.leftEdge(s) : -track.rightEdge(s);
      expect(Math.abs(lateral)).toBeGreaterThan(edge + track.shoulderWidth);
    }
  });
});

it('makes the same road of the same seed, and another one of another', () => {
  const road = (seed: number) =>
    bytesToHex(sha256(bytesOf(generateTrack({ family: 'country', seed, difficulty: 0.5 }))));
  expect(road(1)).toBe(road(1));
  expect(road(1)).not.toBe(road(2));
  // Changes only when the roads of all seeds change, in every engine alike.
  expect(road(1)).toBe('06e3593ce15a1852100d7dc451b96070552f376b02fbca18fd46116695f81d40');
});

it('grows a road for every seed and difficulty', () => {
  const chance = createStream(7, 'tried roads');
  for (let i = 0; i < 60; i++) {
    const difficulty = chance.uniform();
    const track = generateTrack({ family: 'country', seed: chance.integer(0, 999_999), difficulty });
    expect(track.length).toBeGreaterThan(600);
    expect(track.length).toBeLessThan(1500);
  }
});
