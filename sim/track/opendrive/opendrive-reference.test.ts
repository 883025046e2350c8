import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { wrapAngle } from '../../maths/deterministic.ts';
import { readOpenDrive } from './network.ts';
import { type SampledRoad, sampleOpenDrive } from './sample.ts';

const FOLDER = new URL('../../../../shared/data/tracks/', import.meta.url);
const REFERENCE = new URL('opendrive-reference.json', FOLDER);
const MILLIMETRE = 1e-3;

interface Reference {
  readonly files: readonly { readonly file: string; readonly roads: readonly SampledRoad[] }[];
}

if (!existsSync(REFERENCE)) it.skip('no reference data at ../shared/data/tracks', () => {});
else {
  const { files } = JSON.parse(readFileSync(REFERENCE, 'utf8')) as Reference;

  describe.each(files.map(({ file, roads }) => [file, roads] as const))('%s', (file, roads) => {
    const network = readOpenDrive(readFileSync(new URL(file, FOLDER), 'utf8'), file);
    const all = sampleOpenDrive(network, 24);
    // The reference leaves out a road or two of a file.
    const sampled = roads.map((road) => all.find(({ id }) => id === road.id)!);

    it('has the roads of the reference', () => {
      sampled.forEach((road, i) => {
        expect(road.length).toBeCloseTo(roads[i]!.length, 5);
        expect(road.junction).toBe(roads[i]!.junction);
        expect(road.samples.length).toBe(roads[i]!.samples.length);
      });
    });

    it('agrees to a millimetre on reference line and lane borders', () => {
      sampled.forEach((road, i) => {
        road.samples.forEach((sample, k) => {
          const wanted = roads[i]!.samples[k]!;
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
        });
      });
    });
  });
}
