import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AngleColumn } from '../../../models/open-loop/files/angle-table.ts';
import { pairAngles } from '../../../models/open-loop/files/pair-angles.ts';
import { openLoopScore } from '../../../models/open-loop/open-loop-score.ts';
import { readAngles } from './read-angles.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'wheelhouse-open-loop-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, text: string | Uint8Array): Promise<string> {
  const full = path.join(folder, name);
  await writeFile(full, text);
  return full;
}

describe('readAngles', () => {
  it('finds the column by its name, whatever else is there', async () => {
    const column = await readAngles(
      await file('a.csv', '\ufeffframe_id, speed, Steering\r\n7, 3, 0.5\r\n\r\n8, 4, -1e-2\r\n'),
      'predicted',
    );
    expect(column).toMatchObject({ name: 'Steering', keys: { frames: ['7', '8'] }, lines: [2, 4] });
    expect([...column.angles]).toEqual([0.5, -0.01]);
  });

  it('takes the only column that there is, without a header', async () => {
    const column = await readAngles(await file('b.csv', '0.5\n-0.25\n'), 'truth');
    expect(column).toMatchObject({ name: '1', keys: { frames: null, times: null } });
    expect([...column.angles]).toEqual([0.5, -0.25]);
  });

  it('takes the column that is asked for, by name or number', async () => {
    const path = await file('c.csv', 'left,right\n1,2\n3,4\n');
    expect([...(await readAngles(path, 'predicted', 'right')).angles]).toEqual([2, 4]);
    expect([...(await readAngles(path, 'predicted', '1')).angles]).toEqual([1, 3]);
  });

  it('reads what spreadsheets of other places and programs write', async () => {
    const utf16 = await file('utf16.csv', Buffer.from('\ufeffframe_id;Lenkwinkel\n7;-0,5\n8;0,25\n', 'utf16le'));
    const column = await readAngles(utf16, 'predicted');
    expect(column).toMatchObject({ name: 'Lenkwinkel', keys: { frames: ['7', '8'] } });
    expect([...column.angles]).toEqual([-0.5, 0.25]);
  });

  it.each([
    ['', /holds no rows; /],
    ['frame_id,angle\n', /holds only a header; /],
    ['left,right\n1,2\n', /does not say which column .*; choose one of its columns \(left, right\)/],
  ])('refuses %j and names the place', async (text, message) => {
    await expect(readAngles(await file('bad.csv', text), 'predicted')).rejects.toThrow(message);
  });

  it('refuses a column or a file that is not there', async () => {
    const path = await file('d.csv', 'left,right\n1,2\n');
    await expect(readAngles(path, 'predicted', 'middle')).rejects.toThrow(
      /no column middle; choose one of its columns \(left, right\)/,
    );
    await expect(readAngles(path, 'predicted', '3')).rejects.toThrow(/no column 3/);
    await expect(readAngles(folder, 'predicted')).rejects.toThrow(/cannot be read \(EISDIR\)/);
  });
});

/** The winner's predictions and the truth side by side, to 0.0001 rad; and the files as published, where they are here. */
const CHALLENGE = path.resolve(import.meta.dirname, 'testing/reference/udacity-challenge2.csv');
const PUBLISHED = path.resolve('../shared/data/udacity-challenge2');

describe('on the published angles of Udacity challenge 2', () => {
  const expectKnown = (predictions: AngleColumn, truth: AngleColumn, rate?: number) => {
    const pairs = pairAngles(predictions, truth);
    expect(pairs.rate).toBe(rate === undefined ? 20 : null);
    const score = openLoopScore({ ...pairs, rate: rate ?? pairs.rate! });
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
    // The file says which is which.
    expectKnown(await readAngles(CHALLENGE, 'predicted'), await readAngles(CHALLENGE, 'truth'), 20);
  });

  if (existsSync(PUBLISHED)) {
    it('finds the same in the files as they were published, with the rate that their frames tell', async () => {
      const truth = await readAngles(path.join(PUBLISHED, 'CH2_final_evaluation.csv'), 'truth');
      expectKnown(await readAngles(path.join(PUBLISHED, 'komanda.csv'), 'predicted'), truth);
    });
  }
});
