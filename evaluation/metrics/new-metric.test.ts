import { beforeAll, describe, expect, it } from 'vitest';
import { MemoryStorage } from '../../datasets/storage/memory.ts';
import { openSuite } from '../../headless/work/suites/open-suite.ts';
import { createExpert } from '../../sim/drivers/expert.ts';
import { compareEvaluations } from '../compare/compare-evaluations.ts';
import { type Evaluated, evaluate } from '../evaluate.ts';
import { evaluationSchema, evaluationSchemaFor } from '../files/evaluation.ts';
import { examTable } from './exam-table.ts';
import { METRICS } from './registry.ts';
import { scoreOf } from './scores.ts';
import { fullLock } from './testing/full-lock.ts';

/** What the registry would be with one line more. */
const WITH_ONE_MORE = [...METRICS, fullLock] as const;

describe('a metric that is one file and one line', () => {
  const files = new MemoryStorage();
  let evaluated: Evaluated;
  beforeAll(async () => {
    const smoke = await openSuite('smoke');
    const suite = { ...smoke, episodes: smoke.episodes.slice(0, 2).map((episode) => ({ ...episode, route: 60 })) };
    const identity = { path: 'expert', digest: null };
    const devices = { backend: 'none', adapter: 'none' } as const;
    const driver = { name: 'expert', ...devices, identity, createDriver: createExpert, close() {} };
    const codec = { encode: async () => new Uint8Array() };
    evaluated = await evaluate({ suite, driver, parallel: 1, out: { files, codec }, metrics: WITH_ONE_MORE });
  });
  const written = async (name: string) => new TextDecoder().decode(await files.read(name));

  it('is computed, summed up, versioned and written', async () => {
    const document = evaluationSchemaFor(WITH_ONE_MORE).parse(JSON.parse(await written('evaluation.json')));
    const largest = evaluated.episodes.map(({ trace }) => Math.max(...trace.columns.steeringAngle.map(Math.abs)));
    expect(document.episodes.map((episode) => episode.fullLock)).toEqual(largest);
    expect(largest[0]).toBeGreaterThan(0);
    expect(document.summary.fullLock).toBeCloseTo((largest[0]! + largest[1]!) / 2, 12);
    expect(document.metrics).toMatchObject({ autonomy: 2, fullLock: 3 });
  });

  it('has its values checked, and may be missing in older evaluations', async () => {
    const document = JSON.parse(await written('evaluation.json'));
    document.episodes[0].fullLock = -1;
    expect(evaluationSchemaFor(WITH_ONE_MORE).safeParse(document).error?.issues[0]?.path).toEqual([
      'episodes',
      0,
      'fullLock',
    ]);
    const { fullLock: _, ...older } = document.episodes[0];
    document.episodes[0] = older;
    expect(evaluationSchemaFor(WITH_ONE_MORE).safeParse(document).success).toBe(true);
    // And a program that does not know it yet reads the rest.
    expect(evaluationSchema.safeParse(document).success).toBe(true);
  });

  it('stands in the tables, the facts and the notes of the report', async () => {
    const report = await written('report.html');
    const value = fullLock.format(scoreOf(fullLock, evaluated.evaluation.episodes[0]!)!);
    expect(report).toContain('<th>full lock</th>');
    expect(report).toContain(`<td class="fullLock">${value}</td>`);
    expect(report).toContain(`full lock ${value}`);
    expect(report).toContain('full lock <small>version 3</small>');
    expect(report).toContain('largest |steering-wheel angle| that was commanded. How far the wheel was turned.');
  });

  it('is compared', () => {
    const { evaluation } = evaluated;
    const calmer = { ...evaluation, episodes: evaluation.episodes.map((one) => ({ ...one, fullLock: 0 })) };
    const { means } = compareEvaluations(evaluation, calmer, WITH_ONE_MORE);
    expect(means.fullLock).toMatchObject({ second: 0, firstBetter: 0, secondBetter: 2 });
  });

  it('is told in docs/exam.md', () => {
    const rows = examTable(WITH_ONE_MORE).split('\n');
    expect(rows).toHaveLength(2 + WITH_ONE_MORE.length);
    const formula = 'largest \\|steering-wheel angle\\| that was commanded';
    expect(rows.at(-1)).toBe(
      `| \`fullLock\` [rad] | ${formula} | How far the wheel was turned | mean of the episodes | lower |`,
    );
  });
});

describe('the registered metrics', () => {
  it('have keys and names of their own', () => {
    expect(new Set(METRICS.map(({ key }) => key)).size).toBe(METRICS.length);
    expect(new Set(METRICS.map(({ name }) => name)).size).toBe(METRICS.length);
  });

  it.each(METRICS)('$key is told in whole words', ({ formula, explanation, total }) => {
    for (const text of [formula, explanation, total.words]) expect(text).toMatch(/^[^\n]*[^.\s]$/);
    expect(explanation).toMatch(/^[A-Z]/);
  });
});
