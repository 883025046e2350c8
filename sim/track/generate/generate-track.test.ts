import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cos, hypot, sin, wrapAngle } from '../../maths/deterministic.ts';
import { createStream } from '../../random/stream.ts';
import type { Track } from '../track.ts';
import { FAMILY_NAMES, generateTrack } from './generate-track.ts';

const ROADS = FAMILY_NAMES.flatMap((family, i) =>
  [0.1, 0.9].map((difficulty) => generateTrack({ family, seed: 40 + i, difficulty })),
);
/** Smallest radius and clearance that the families promise [m]; the clearance is between middle lines. */
const PROMISES: Readonly<Record<string, readonly [radius: number, clearance: number]>> = {
  'training-loop': [16, 20],
  country: [25, 25],
  motorway: [140, 100],
  circuit: [16, 35],
  town: [12, 30],
  mountain: [12, 18],
};

/** Bytes of all that a track says about itself. */
function bytesOf(track: Track): Uint8Array {
  const numbers = [track.length, track.shoulderWidth, track.speedLimit(0)];
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
    const [radius, clearance] = PROMISES[track.family]!;
    const points = Array.from({ length: Math.floor(track.length / 5) }, (_, i) => track.pointAt(5 * i));
    let sharpest = 0;
    for (const point of points) sharpest = Math.max(sharpest, Math.abs(point.curvature));
    expect(sharpest).toBeLessThanOrEqual(1 / radius + 1e-9);
    const following = Math.ceil((3 * clearance) / 5);
    let nearest = Infinity;
    for (let i = 0; i < points.length; i++) {
      for (let j = i + following; j < Math.min(points.length, i + points.length - following); j++) {
        nearest = Math.min(nearest, hypot(points[i]!.x - points[j]!.x, points[i]!.y - points[j]!.y));
      }
    }
    expect(nearest).toBeGreaterThan(clearance);
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

  it('has its lane inside its edges, and nothing stands on road, shoulders or in the way', () => {
    for (let s = 0; s < track.length; s += 5) {
      const [centre, half] = [track.laneCentre(s), track.laneWidth(s) / 2];
      expect(centre - half).toBeGreaterThanOrEqual(track.rightEdge(s) - 1e-9);
      expect(centre + half).toBeLessThanOrEqual(track.leftEdge(s) + 1e-9);
      for (const { visibility } of track.markings) {
        const seen = visibility?.(s) ?? 1;
        expect(seen).toBeGreaterThanOrEqual(0);
        expect(seen).toBeLessThanOrEqual(1);
      }
      for (const strip of track.strips ?? []) expect(strip.left(s)).toBeGreaterThan(strip.right(s));
    }
    for (const item of track.scenery) {
      const { s, lateral } = track.project(item.x, item.y);
      const edge = lateral > 0 ? track.leftEdge(s) : -track.rightEdge(s);
      expect(Math.abs(lateral)).toBeGreaterThan(edge + track.shoulderWidth);
    }
    for (const { s, lateral } of track.parkedCars ?? []) {
      expect(Math.abs(lateral - track.laneCentre(s))).toBeGreaterThan(track.laneWidth(s) / 2 + 0.9);
      expect(Math.abs(lateral) + 0.9).toBeLessThan(track.leftEdge(s));
    }
    for (const { from, to, offset } of track.barriers ?? []) {
      expect(to).toBeGreaterThan(from);
      for (const s of [from, (from + to) / 2]) {
        expect(Math.abs(offset(s) - track.laneCentre(s))).toBeGreaterThan(track.laneWidth(s) / 2 + 0.5);
      }
    }
  });
});

it('keeps country lanes at the usual width, with trees and posts beside them', () => {
  for (const track of ROADS.filter(({ family }) => family === 'country')) {
    expect(track.laneWidth(0)).toBeGreaterThanOrEqual(3.2);
    expect(track.laneWidth(0)).toBeLessThanOrEqual(3.7);
    for (const kind of ['post', 'bush'] as const) expect(track.scenery.some((item) => item.kind === kind)).toBe(true);
    expect(track.scenery.length).toBeGreaterThan(80);
  }
});

it('makes the same road of the same seed, and another one of another', () => {
  const road = (seed: number) =>
    bytesToHex(sha256(bytesOf(generateTrack({ family: 'country', seed, difficulty: 0.5 }))));
  expect(road(1)).toBe(road(1));
  expect(road(1)).not.toBe(road(2));
  // Changes only when the roads of all seeds change, in every engine alike.
  expect(road(1)).toBe('06e3593ce15a1852100d7dc451b96070552f376b02fbca18fd46116695f81d40');
});

it.each(FAMILY_NAMES)('grows a %s road for every seed and difficulty', (family) => {
  const chance = createStream(7, 'tried roads');
  for (let i = 0; i < 30; i++) {
    const difficulty = chance.pick([0, 1, chance.uniform()]);
    const track = generateTrack({ family, seed: chance.integer(0, 999_999), difficulty });
    expect(track.length).toBeGreaterThan(300);
    expect(track.length).toBeLessThan(5000);
    if (family === 'country') expect([600 < track.length, track.length < 1500]).toEqual([true, true]);
  }
});

it('has hairpins in the mountains and right angles in town', () => {
  const sharpest = (id: 'mountain' | 'town') => {
    const track = generateTrack({ family: id, seed: 3, difficulty: 1 });
    let [turn, most] = [0, 0];
    for (let s = 0; s < track.length; s++) {
      const { curvature } = track.pointAt(s);
      turn = Math.abs(curvature) < 1e-4 ? 0 : turn + curvature;
      most = Math.max(most, Math.abs(turn));
    }
    return most;
  };
  expect(sharpest('mountain')).toBeGreaterThan(2.2);
  expect(Math.abs(sharpest('town') - Math.PI / 2)).toBeLessThan(0.5);
});
