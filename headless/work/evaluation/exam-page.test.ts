import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { TABLE_END, withExamTable } from '../../../evaluation/metrics/exam-table.ts';
import { INTERVENTION_DISTANCE } from '../../../sim/episode/contract.ts';
import { listSuites } from '../suites/open-suite.ts';

const page = await readFile(path.resolve(import.meta.dirname, '../../../docs/exam.md'), 'utf8');

it('docs/exam.md tells of suites that there are, with their roads', async () => {
  const told = [...page.matchAll(/^\| `([a-z-]+)` \| (\d+) \|/gm)].map(([, name, roads]) => [name, Number(roads)]);
  expect(told).toHaveLength(11);
  // A suite that is put beside these is listed by `wheelhouse tracks`, and need not be told of here.
  const suites = (await listSuites()).map(({ name, episodes }) => [name, episodes.length]);
  expect(suites).toEqual(expect.arrayContaining(told));
});

it('docs/exam.md explains every metric as it is registered', () => {
  expect(page, 'run npm run docs:exam').toBe(withExamTable(page));
  expect(page).toContain(`More than ${INTERVENTION_DISTANCE} m off the middle`);
});

it('docs/exam.md must have a place for the table', () => {
  expect(() => withExamTable(page.replace(TABLE_END, ''))).toThrow(/no place/);
});
