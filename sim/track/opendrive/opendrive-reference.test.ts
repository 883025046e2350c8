import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { wrapAngle } from '../../maths/deterministic.ts';
import { readOpenDrive } from './network.ts';
import { sampleOpenDrive } from './sample.ts';
import { REFERENCE_POINTS, referenceRoads } from './testing/reference-roads.ts';

const MILLIMETRE = 1e-3;
const sets = referenceRoads().map((set) => [`${set.file}, ${set.whole ? 'all points' : 'some points'}`, set] as const);

describe.each(sets)('%s', (_, { file, place, roads, whole }) => {
  const network = readOpenDrive(readFileSync(place, 'utf8'), file);
  const all = sampleOpenDrive(network, REFERENCE_POINTS);
  // The reference leaves out a road or two of a file.
  const sampled = roads.map((road) => all.find(({ id }) => id === road.id)!);

  it('has the roads of the reference', () => {
    sampled.forEach((road, i) => {
      expect(road.length).toBeCloseTo(roads[i]!.length, 5);
      expect(road.junction).toBe(roads[i]!.junction);
      if (whole) expect(road.samples.length).toBe(roads[i]!.samples.length);
      else expect(roads[i]!.samples.length).toBe(4);
    });
  });

  it('agrees to a millimetre on reference line and lane borders', () => {
    sampled.forEach((road, i) => {
      for (const wanted of roads[i]!.samples) {
        // Points lie in the middle of as many equal parts.
        const sample = road.samples[Math.round((wanted.s / road.length) * REFERENCE_POINTS - 0.5)]!;
        const where = `road ${road.id}, s = ${sample.s}`;
        for (const key of ['s', 'x', 'y', 'z'] as const) {
          expect(Math.abs(sample[key] - wanted[key]), `${where}: ${key}`).toBeLessThan(MILLIMETRE);
        }
        // The reference's heading is a difference quotient.
        expect(Math.abs(wrapAngle(sample.hdg - wanted.hdg)), `${where}: hdg`).toBeLessThan(1e-3);
        expect(sample.lanes.map((lane) => [lane.id, lane.type])).toEqual(
          wanted.lanes.map((lane) => [lane.id, lane.type]),
        );
        sample.lanes.forEach((lane, n) => {
          for (const key of ['outer_t', 'outer_x', 'outer_y'] as const) {
            const error = Math.abs(lane[key] - wanted.lanes[n]![key]);
            expect(error, `${where}: lane ${lane.id} ${key}`).toBeLessThan(MILLIMETRE);
          }
        });
      }
    });
  });
});
