import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLoopScore } from '../../../models/open-loop/open-loop-score.ts';
import { pairAngles, rateOf } from './pair-angles.ts';
import { type AngleColumn, readAngles } from './read-angles.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'wheelhouse-open-loop-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, text: string): Promise<string> {
  const full = path.join(folder, name);
  await writeFile(full, text);
  return full;
}

describe('readAngles', () => {
  it('finds the column by its name, whatever else is there', async () => {
    const column = await readAngles(
      await file('a.csv', '\ufeffframe_id, speed, Steering\r\n7, 3, 0.5\r\n\r\n8, 4, -1e-2\r\n'),
    );
    expect(column).toMatchObject({ name: 'Steering', frameIds: ['7', '8'], lines: [2, 4] });
    expect([...column.angles]).toEqual([0.5, -0.01]);
  });

  it('takes the only column that there is, without a header', async () => {
    const column = await readAngles(await file('b.csv', '0.5\n-0.25\n'));
    expect(column).toMatchObject({ name: '1', frameIds: null });
    expect([...column.angles]).toEqual([0.5, -0.25]);
  });

  it('takes the column that is asked for, by name or number', async () => {
    const path = await file('c.csv', 'left,right\n1,2\n3,4\n');
    expect([...(await readAngles(path, 'right')).angles]).toEqual([2, 4]);
    expect([...(await readAngles(path, '1')).angles]).toEqual([1, 3]);
  });

  it.each([
    ['', /holds no rows; /],
    ['frame_id,angle\n', /holds only a header; /],
    ['frame_id,angle\n1,0.1\n2\n', /line 3/],
    ['frame_id,angle\n1,\n', /line 2: angle: is empty; /],
    ['frame_id,angle\n1,Infinity\n', /line 2: angle: is "Infinity", which is no finite number; /],
    ['left,right\n1,2\n', /does not say which column .*; choose one of its columns \(left, right\)/],
  ])('refuses %j and names the place', async (text, message) => {
    await expect(readAngles(await file('bad.csv', text))).rejects.toThrow(message);
  });

  it('refuses a column or a file that is not there', async () => {
    const path = await file('d.csv', 'left,right\n1,2\n');
    await expect(readAngles(path, 'middle')).rejects.toThrow(
      /no column middle; choose one of its columns \(left, right\)/,
    );
    await expect(readAngles(path, '3')).rejects.toThrow(/no column 3/);
    await expect(readAngles(folder)).rejects.toThrow(/cannot be read \(EISDIR\)/);
  });
});

describe('pairAngles', () => {
  const column = (angles: number[], frameIds: string[] | null) => ({
    path: 'x.csv',
    name: 'angle',
    angles: Float64Array.from(angles),
    frameIds,
    lines: angles.map((_, i) => i + 2),
  });

  it('goes by frame where both have one, and leaves out what the truth has not', () => {
    const { predicted, truth } = pairAngles(column([3, 1, 2], ['c', 'a', 'b']), column([10, 20], ['a', 'b']));
    expect([...predicted]).toEqual([1, 2]);
    expect([...truth]).toEqual([10, 20]);
  });

  it('goes by row otherwise', () => {
    expect([...pairAngles(column([3, 1], null), column([1, 2], ['a', 'b'])).predicted]).toEqual([3, 1]);
    expect(() => pairAngles(column([3], null), column([1, 2], null))).toThrow(/has 1 rows, and x.csv has 2/);
  });

  it('refuses missing and doubled frames', () => {
    expect(() => pairAngles(column([1], ['a']), column([1, 2], ['a', 'b']))).toThrow(
      /no prediction for frame b .*line 3/,
    );
    expect(() => pairAngles(column([1, 2], ['a', 'a']), column([1], ['a']))).toThrow(/line 3: frame a is there twice/);
  });
});

describe('rateOf', () => {
  it('reads the rate from Unix times in ns, µs and ms, blind to a gap', () => {
    for (const [unit, digits] of [
      [1e9, 1e18],
      [1e6, 1e15],
      [1e3, 1e12],
    ] as const) {
      const start = BigInt(digits) + BigInt(digits) / 2n;
      const ids = [0, 0.05, 0.1, 9, 9.05].map((time) => String(start + BigInt(Math.round(time * unit))));
      expect(rateOf(ids)).toBe(20);
    }
  });

  it('says nothing where the frames are only counted', () => {
    expect(rateOf(['1', '2', '3'])).toBeNull();
    expect(rateOf(null)).toBeNull();
  });
});

/** The winner's predictions and the truth side by side, to 0.0001 rad; and the files as published, where they are here. */
const CHALLENGE = path.resolve(import.meta.dirname, 'testing/reference/udacity-challenge2.csv');
const PUBLISHED = path.resolve('../shared/data/udacity-challenge2');

describe('on the published angles of Udacity challenge 2', () => {
  const expectKnown = (predictions: AngleColumn, truth: AngleColumn, rate: number) => {
    const pairs = pairAngles(predictions, truth);
    const score = openLoopScore({ ...pairs, rate });
    expect(score.frames).toBe(5614);
    expect(score.rmse).toBeCloseTo(0.0498, 4);
    expect(score.mae).toBeCloseTo(0.0343, 4);
    expect(score.whiteness).toBeCloseTo(10.9, 1);
    expect(score.whitenessRatio).toBeCloseTo(0.89, 2);
    expect(score.bestLag).toMatchObject({ frames: 3, seconds: 0.15 });
    expect(score.bestLag.rmse).toBeCloseTo(0.0467, 4);
    expect(score.baselines.zero.rmse).toBeCloseTo(0.2077, 4);
    expect(score.baselines.zero.mae).toBeCloseTo(0.132, 3);
    expect(score.baselines.repeat?.rmse).toBeCloseTo(0.0469, 4);
  };

  it('finds what is known of the winner: its errors, its calm, and that it comes 150 ms late', async () => {
    expectKnown(await readAngles(CHALLENGE, 'komanda'), await readAngles(CHALLENGE, 'truth'), 20);
  });

  if (existsSync(PUBLISHED)) {
    it('finds the same in the files as they were published, with the rate that their frames tell', async () => {
      const truth = await readAngles(path.join(PUBLISHED, 'CH2_final_evaluation.csv'));
      const rate = rateOf(truth.frameIds)!;
      expect(rate).toBe(20);
      expectKnown(await readAngles(path.join(PUBLISHED, 'komanda.csv')), truth, rate);
    });
  }
});
