import { METRICS } from './registry.ts';
import type { Metrics } from './scores.ts';

/** The lines of docs/exam.md between which the table of metrics stands. */
export const TABLE_BEGIN = '<!-- Table of evaluation/metrics/registry.ts, written by `npm run docs:exam` -->';
export const TABLE_END = '<!-- End of the table -->';

/** The metrics as a table in Markdown. */
export function examTable(metrics: Metrics = METRICS): string {
  const rows = metrics.map(({ key, unit, formula, explanation, total, better }) => {
    const score = `\`${key}\`${unit === '' ? '' : ` [${unit}]`}`;
    return [score, formula, explanation, total.words, better];
  });
  const table = [
    ['score', 'formula', 'what it tells', 'over a suite', 'better'],
    ['---', '---', '---', '---', '---'],
    ...rows,
  ];
  // A bar within a cell would end it.
  return table.map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`).join('\n');
}

/**
 * The page with the table as it is now.
 * @throws RangeError when the page lacks the lines around it
 */
export function withExamTable(page: string, metrics: Metrics = METRICS): string {
  const begin = page.indexOf(TABLE_BEGIN);
  const end = page.indexOf(TABLE_END);
  if (begin < 0 || end < begin) throw new RangeError('the page has no place for the table of metrics');
  const [before, after] = [page.slice(0, begin + TABLE_BEGIN.length), page.slice(end)];
  return `${before}\n\n${examTable(metrics)}\n\n${after}`;
}
