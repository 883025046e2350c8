import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { REFERENCE_POINTS, referenceRoads } from '../../../sim/track/opendrive/testing/reference-roads.ts';
import { openTrackOrFile } from './open-track-or-file.ts';
import { sampleFile } from './sample-file.ts';

describe('points along the roads of a file', () => {
  it('have the form of the reference and agree with it to 1 mm', async () => {
    const expected = referenceRoads().find(({ file }) => file === 'curves.xodr')!;
    const [sampled] = (await sampleFile(fileURLToPath(expected.place), REFERENCE_POINTS)).files;
    expect(sampled!.file).toBe('curves.xodr');
    expect(sampled!.roads.map(({ id }) => id)).toEqual(expected.roads.map(({ id }) => id));
    for (const [i, road] of expected.roads.entries()) {
      for (const sample of road.samples) {
        const ours = sampled!.roads[i]!.samples.find(({ s }) => Math.abs(s - sample.s) < 1e-3)!;
        expect(Object.keys(ours)).toEqual(Object.keys(sample));
        expect(Math.hypot(ours.x - sample.x, ours.y - sample.y)).toBeLessThan(1e-3);
        for (const [k, lane] of sample.lanes.entries()) {
          expect(Object.keys(ours.lanes[k]!)).toEqual(Object.keys(lane));
          expect(ours.lanes[k]!.id).toBe(lane.id);
          expect(Math.abs(ours.lanes[k]!.outer_t - lane.outer_t)).toBeLessThan(1e-3);
        }
      }
    }
  });
});

describe('a road from a file', () => {
  it('samples a centre line with its two borders', async () => {
    const file = path.join(await mkdtemp(path.join(tmpdir(), 'road-')), 'ring.csv');
    const rows = Array.from({ length: 60 }, (_, i) => {
      const angle = (2 * Math.PI * i) / 60;
      return `${100 * Math.cos(angle)},${100 * Math.sin(angle)},4,5`;
    });
    await writeFile(file, ['# x_m,y_m,w_tr_right_m,w_tr_left_m', ...rows].join('\n'));
    const [road] = (await sampleFile(file, 10)).files[0]!.roads;
    expect(road!.length).toBeCloseTo(200 * Math.PI, 0);
    for (const { x, y, lanes } of road!.samples) {
      expect(Math.hypot(x, y)).toBeCloseTo(100, 1);
      // Driven counter-clockwise: the left border lies inside.
      const [right, , left] = lanes;
      expect(Math.hypot(right!.outer_x, right!.outer_y)).toBeCloseTo(104, 1);
      expect(Math.hypot(left!.outer_x, left!.outer_y)).toBeCloseTo(95, 1);
    }
    expect((await openTrackOrFile(file)).closed).toBe(true);
  });

  it('may be in UTF-16, with a byte order mark', async () => {
    const { place } = referenceRoads().find(({ file }) => file === 'curves.xodr')!;
    const file = path.join(await mkdtemp(path.join(tmpdir(), 'road-')), 'curves.xodr');
    const text = (await readFile(place, 'utf8')).replace('UTF-8', 'UTF-16');
    await writeFile(file, `\ufeff${text}`, 'utf16le');
    expect(await sampleFile(file, 3)).toEqual(await sampleFile(fileURLToPath(place), 3));
  });

  it('may have the start of its drive behind it, and is called so', async () => {
    const { place } = referenceRoads().find(({ file }) => file === 'curves.xodr')!;
    const file = fileURLToPath(place);
    const whole = await sampleFile(file, 2);
    expect(whole).toMatchObject({ notes: [], drive: { closed: false } });
    const { start, length } = whole.drive as { start: string; length: number };
    const track = await openTrackOrFile(`${file}#${start}`);
    expect([track.id, track.length]).toEqual([`${file}#${start}`, expect.closeTo(length, -1)]);
    const late = await sampleFile(`${file}#${start.replace(/s=.*/, 's=50')}`, 2);
    expect(late).toMatchObject({ files: whole.files, drive: { length: expect.closeTo(length - 50, 0) } });
    await expect(openTrackOrFile(`${file}#lane=1`)).rejects.toThrow(/the start names no road; write it as/);
    await expect(openTrackOrFile(`${file}#road=none`)).rejects.toThrow(/there is no road none; give one of/);
  });

  it('is refused by name where there is none', async () => {
    await expect(openTrackOrFile('nowhere/road.xodr')).rejects.toThrow(/nowhere\/road\.xodr.*not there/);
    await expect(openTrackOrFile('contry:1')).rejects.toThrow(/there is no such track/);
  });
});
