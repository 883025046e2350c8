import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { METRIC_VERSIONS } from '../../../evaluation/files/evaluation.ts';
import { INTERVENTION_COST } from '../../../evaluation/metrics/closed-loop.ts';
import { INTERVENTION_DISTANCE } from '../../../sim/episode/contract.ts';
import { listSuites } from '../suites/open-suite.ts';

const page = await readFile(path.resolve(import.meta.dirname, '../../../docs/exam.md'), 'utf8');

it('docs/exam.md tells of suites that there are, with their roads', async () => {
  const told = [...page.matchAll(/^\| `([a-z-]+)` \| (\d+) \|/gm)].map(([, name, roads]) => [name, Number(roads)]);
  expect(told).toHaveLength(5);
  // A suite that is put beside these is listed by `wheelhouse tracks`, and need not be told of here.
  const suites = (await listSuites()).map(({ name, episodes }) => [name, episodes.length]);
  expect(suites).toEqual(expect.arrayContaining(told));
});

it('docs/exam.md explains every score, with the constants that are used', () => {
  const scores = [...page.matchAll(/^\| `([A-Za-z]+)`[^|]*\| [^|]+\| (higher|lower|near 1) \|$/gm)].map(
    ([, name]) => name,
  );
  expect(scores.toSorted()).toEqual(Object.keys(METRIC_VERSIONS).toSorted());
  expect(page).toContain(`interventions · ${INTERVENTION_COST} s / elapsed`);
  expect(page).toContain(`More than ${INTERVENTION_DISTANCE} m off the middle`);
});
