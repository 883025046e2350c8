import { openLoopRows } from '../../models/open-loop/metrics/metric-table.ts';
import { METRICS } from './registry.ts';
import type { Metrics } from './scores.ts';

/** The lines of docs/exam.md between which the tables of metrics stand. */
export const TABLE_BEGIN = '<!-- Table of evaluation/metrics/registry.ts, written by `npm run docs:exam` -->';
export const TABLE_END = '<!-- End of the table -->';
const OPEN_LOOP_BEGIN = '<!-- Table of models/open-loop/metrics/registry.ts, written by `npm run docs:exam` -->';
const OPEN_LOOP_END = '<!-- End of the table of open-loop metrics -->';

/** The metrics as a table in Markdown. */
export function examTable(metrics: Metrics = METRICS): string {
  const rows = metrics.map(({ key, unit, formula, explanation, total, better }) => {
    const score = `\`${key}\`${unit === '' ? '' : ` [${unit}]`}`;
    return [score, formula, explanation, total.words, better];
  });
  return markdown([['score', 'formula', 'what it tells', 'over a suite', 'better'], ...rows]);
}

/**
 * The page with its tables as they are now.
 * @throws RangeError when the page lacks the lines around them
 */
export function withExamTable(page: string, metrics: Metrics = METRICS): string {
  const driving = between(page, TABLE_BEGIN, TABLE_END, examTable(metrics));
  return between(driving, OPEN_LOOP_BEGIN, OPEN_LOOP_END, markdown(openLoopRows()));
}

/** @param rows the head first */
function markdown([head, ...rows]: readonly (readonly string[])[]): string {
  const table = [head!, head!.map(() => '---'), ...rows];
  // A bar within a cell would end it.
  return table.map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`).join('\n');
}

function between(page: string, beginning: string, ending: string, table: string): string {
  const begin = page.indexOf(beginning);
  const end = page.indexOf(ending);
  if (begin < 0 || end < begin) throw new RangeError('the page has no place for the table of metrics');
  return `${page.slice(0, begin + beginning.length)}\n\n${table}\n\n${page.slice(end)}`;
}
