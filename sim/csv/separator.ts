import { looksNumeric } from './numbers.ts';

/** What may stand between two fields; a blank stands for any number of blanks and tabs. */
export type Separator = ',' | ';' | '\t' | '|' | ' ';

/** In the order in which they are preferred where a table could be read with several. */
const SEPARATORS: readonly Separator[] = ['\t', ';', '|', ','];
/** As many lines tell as much as all. */
const PROBED_LINES = 200;
/** Blanks separate only where nearly all lines then have as many fields. */
const BLANK_SHARE = 0.9;

/**
 * Finds out by what the fields of a table are separated: by what gives most lines the same number of fields, and most
 * numbers in them.
 * @param lines those that hold something
 * @param split the fields of one line
 * @returns a comma where nothing separates anything
 */
export function findSeparator(
  lines: readonly string[],
  split: (line: string, separator: Separator) => readonly string[],
): Separator {
  const probed = lines.slice(0, PROBED_LINES);
  let best: { separator: Separator; score: number } | undefined;
  for (const separator of SEPARATORS) {
    if (!probed.some((line) => line.includes(separator))) continue;
    const { score } = judge(probed.map((line) => split(line, separator)));
    if (score > (best?.score ?? 0)) best = { separator, score };
  }
  // A header may have one field less, where rows are numbered.
  const blanks = judge(probed.slice(Math.min(1, probed.length - 1)).map((line) => split(line, ' ')));
  if (best === undefined) return blanks.share >= BLANK_SHARE && blanks.numeric > 0 ? ' ' : ',';
  return best.separator;
}

interface Judgement {
  /** Of the lines, those with the usual number of fields; 0 where that is one. */
  readonly share: number;
  /** Of the fields, those that are numbers. */
  readonly numeric: number;
  readonly score: number;
}

function judge(rows: readonly (readonly string[])[]): Judgement {
  const counts = new Map<number, number>();
  let fields = 0;
  let numbers = 0;
  for (const row of rows) {
    counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
    fields += row.length;
    for (const field of row) if (looksNumeric(field)) numbers++;
  }
  const [width = 1, lines = 0] = [...counts].sort(([, a], [, b]) => b - a)[0] ?? [];
  const share = width > 1 ? lines / rows.length : 0;
  const numeric = fields === 0 ? 0 : numbers / fields;
  return { share, numeric, score: share * (0.01 + numeric) };
}
