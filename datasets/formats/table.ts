import { parse } from 'csv-parse/browser/esm/sync';
import { Refusal } from '../../sim/refusal.ts';
import { badSample, parseNumber } from './bad-samples.ts';

/** One row of a table with a header. */
export interface TableRow {
  /** Line in the file, counted from 1. */
  readonly line: number;
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

/** @param where name of the file, for refusals @throws Refusal when it is no CSV */
export function parseTable(text: string, where: string): Table {
  let parsed: { info: { lines: number }; record: string[] }[];
  try {
    parsed = parse(text, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as typeof parsed;
  } catch (error) {
    throw new Refusal('bad-recording', where, `no CSV (${(error as Error).message})`, 'mend the file');
  }
  const header = parsed[0]?.record ?? [];
  const rows = parsed.slice(1).map(({ info, record }): TableRow => {
    const at = (field: string) => {
      const value = record[header.indexOf(field)];
      if (value === undefined) throw badSample(`${where}:${info.lines}: ${field}`, 'the field is missing');
      return value;
    };
    return {
      line: info.lines,
      text: at,
      number: (field) => parseNumber(at(field), `${where}:${info.lines}: ${field}`),
    };
  });
  return { header, rows };
}

/** The header of a CSV file, from its first kilobyte. */
export function headerOf(start: string): string[] {
  return start
    .replace(/^\uFEFF/, '')
    .split('\n')[0]!
    .split(',')
    .map((field) => field.trim());
}
