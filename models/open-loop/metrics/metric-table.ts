import type { OpenLoopMetric } from './metric.ts';
import { OPEN_LOOP_METRICS } from './registry.ts';

/** The open-loop metrics as rows of a table for docs/exam.md, the head first. */
export function openLoopRows(metrics: readonly OpenLoopMetric[] = OPEN_LOOP_METRICS): string[][] {
  const rows = metrics.map(({ key, unit, formula, source, explanation, better }) => {
    const words = unit === 'head' ? 'as predicted' : unit;
    return [`\`${key}\`${words === '' ? '' : ` [${words}]`}`, formula, explanation, better, source];
  });
  return [['score', 'formula', 'what it tells', 'better', 'source'], ...rows];
}
