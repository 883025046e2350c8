import { parse } from 'csv-parse/browser/esm/sync';
import { Refusal } from '../../sim/refusal.ts';
import { badSample, parseNumber } from './bad-samples.ts';

/** One row of a table with a header. */
export interface TableRow extends CsvLine {
  /** A field by name, as text. @throws Refusal when the row has none */
  text(field: string): string;
  /** A field by name, as a finite number. @throws Refusal */
  number(field: string): number;
}

/** A CSV file with a header. */
export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly TableRow[];
}

/** One line of a CSV file: its fields, trimmed. */
export interface CsvLine {
  /** Line in the file, counted from 1. */
  readonly line: number;
  readonly fields: readonly string[];
}

/**
 * The lines of a CSV file that hold something, however many fields each has.
 * @param where name of the file, for refusals
 * @param options.quotes false where `"` is a letter like any other
 * @throws Refusal when it is no CSV
 */
export function parseCsv(text: string, where: string, options: { readonly quotes?: boolean } = {}): CsvLine[] {
  const settings = { bom: true, info: true, relax_column_count: true, skip_empty_lines: true, trim: true };
  try {
    const parsed = parse(text, options.quotes === false ? { ...settings, quote: null } : settings);
    return (parsed as unknown as { info: { lines: number }; record: string[] }[]).map(({ info, record }) => ({
      line: info.lines,
      fields: record,
    }));
  } catch (error) {
    throw new Refusal('bad-recording', where, `no CSV (${(error as Error).message})`, 'restore the file');
  }
}

/** @param where name of the file, for refusals @throws Refusal when it is no CSV */
export function parseTable(text: string, where: string): Table {
  const [head, ...lines] = parseCsv(text, where);
  const header = head?.fields ?? [];
  return { header, rows: lines.map((line) => tableRow(header, line, `${where}:${line.line}`)) };
}

/** A line whose fields are called as in the header. @param where file and line, for refusals */
export function tableRow(header: readonly string[], { line, fields }: CsvLine, where: string): TableRow {
  const text = (field: string) => {
    const value = fields[header.indexOf(field)];
    if (value === undefined) throw badSample(`${where}: ${field}`, 'the field is missing');
    return value;
  };
  return { line, fields, text, number: (field) => parseNumber(text(field), `${where}: ${field}`) };
}

/** The header of a CSV file, from its first kilobyte. */
export function headerOf(start: string): string[] {
  return start
    .replace(/^\uFEFF/, '')
    .split('\n')[0]!
    .split(',')
    .map((field) => field.trim());
}
