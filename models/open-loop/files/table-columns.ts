import { type CsvLine, readCsv } from '../../../sim/csv/read-csv.ts';
import { Refusal } from '../../../sim/refusal.ts';
import { type ColumnName, readColumnName } from './column-names.ts';

/** A table's columns by number, with what their names say. */
export interface TableColumns {
  readonly path: string;
  readonly header: readonly string[];
  readonly names: readonly ColumnName[];
  readonly body: readonly CsvLine[];
  /** A cell as a number; NaN where it is none. */
  number(cell: string): number;
}

const MEND = 'give a table with a row a frame';

/** @param path name of the file, for messages @throws Refusal when it holds no table, or an empty one */
export function columnsOf(text: string, path: string): TableColumns {
  const { lines, number } = readCsv(text, path, { code: 'not-csv', mend: MEND });
  const first = lines[0];
  if (first === undefined) throw new Refusal('empty-file', path, 'holds no rows', MEND);
  // Networks' outputs are printed as [0.1] or [[0.1]] by some programs.
  const toNumber = (cell: string) => number(cell.replace(/^\[+\s*/, '').replace(/\s*\]+$/, ''));
  const hasHeader = first.fields.every((cell) => Number.isNaN(toNumber(cell))) && !first.fields.some(isPicture);
  const width = Math.max(...lines.slice(0, 100).map(({ fields }) => fields.length));
  const header = Array.from({ length: width }, (_, i) => (hasHeader && first.fields[i]) || String(i + 1));
  const body = hasHeader ? lines.slice(1) : lines;
  if (body.length === 0) throw new Refusal('empty-file', path, 'holds only a header', MEND);
  return { path, header, names: header.map(readColumnName), body, number: toNumber };
}

function isPicture(cell: string): boolean {
  return /\.(jpe?g|png|bmp|webp)$/i.test(cell);
}
