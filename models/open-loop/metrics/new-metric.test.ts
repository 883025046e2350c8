import { describe, expect, it } from 'vitest';
import { openLoopScore } from '../open-loop-score.ts';
import { defineOpenLoopMetric } from './metric.ts';
import { OPEN_LOOP_METRICS } from './registry.ts';
import { errorsOf } from './sequence.ts';

/** A metric that is not registered. */
const worst = defineOpenLoopMetric({
  key: 'worst',
  name: 'worst error',
  unit: 'head',
  formula: 'largest |predicted − true|',
  source: 'this test',
  explanation: 'How bad it gets',
  better: 'lower',
  ofBaselines: true,
  of: (sequence) => Math.max(...errorsOf(sequence).map(Math.abs)),
  format: (value) => value.toFixed(2),
});

describe('an open-loop metric that is one file and one line', () => {
  it('is computed for the predictions and for the baselines', () => {
    const score = openLoopScore({ predicted: [1, 2], truth: [1, 5], rate: 20 }, [...OPEN_LOOP_METRICS, worst]);
    expect(score).toMatchObject({ worst: 3, rmse: Math.sqrt(4.5), baselines: { zero: { worst: 5 }, repeat: null } });
  });
});

describe('the registered metrics', () => {
  it('have keys and names of their own', () => {
    expect(new Set(OPEN_LOOP_METRICS.map(({ key }) => key)).size).toBe(OPEN_LOOP_METRICS.length);
    expect(new Set(OPEN_LOOP_METRICS.map(({ name }) => name)).size).toBe(OPEN_LOOP_METRICS.length);
  });

  it.each(OPEN_LOOP_METRICS)('$key is told in whole words', ({ formula, explanation, source }) => {
    for (const text of [formula, explanation, source]) expect(text).toMatch(/^[^\n]*[^.\s]$/);
    expect(explanation).toMatch(/^[A-Z]/);
  });
});
