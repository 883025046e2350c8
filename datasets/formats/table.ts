import { type CsvLine, type CsvTable, readCsv } from '../../sim/csv/read-csv.ts';
import { badSample, parseNumber } from './bad-samples.ts';

/** One row of a table with a header. */
export interface TableRow extends CsvLine {
  /** A field by name, as text. @throws Refusal when the row has none */
  text(field: string): string;
  /** A field by name, as a finite number. @throws Refusal */
  number(field: string): number;
  /** Whether a field is there and holds a number. */
  isNumber(field: string): boolean;
}

/** A CSV file with a header. */
export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly TableRow[];
}

/** The lines of a table of a recording. @param where name of the file, for refusals @throws Refusal when it is none */
export function parseCsv(text: string, where: string): CsvTable {
  return readCsv(text, where, { code: 'bad-recording', mend: 'restore the file' });
}

/** @param where name of the file, for refusals @throws Refusal when it is no table */
export function parseTable(text: string, where: string): Table {
  const { lines, number } = parseCsv(text, where);
  const header = (lines[0]?.fields ?? []).map(headerName);
  const rows = lines.slice(1).map((line): TableRow => {
    const at = `${where}:${line.line}`;
    const text = (field: string) => {
      const value = line.fields[header.indexOf(field)];
      if (value === undefined) throw badSample(`${at}: ${field}`, 'the field is missing');
      return value;
    };
    return {
      ...line,
      text,
      number: (field) => parseNumber(text(field), `${at}: ${field}`, number),
      isNumber: (field) => !Number.isNaN(number(line.fields[header.indexOf(field)] ?? '')),
    };
  });
  return { header, rows };
}

/** The header of a table, from the start of its file. */
export function headerOf(start: string): string[] {
  const lines = start.split('\n');
  // The last one may be cut off, but for the only one.
  const whole = lines.length > 1 ? lines.slice(0, -1).join('\n') : start;
  return (parseCsv(whole, '').lines[0]?.fields ?? []).map(headerName);
}

/** Names of columns are told apart without regard to capitals, which spreadsheets change. */
function headerName(field: string): string {
  return field.toLowerCase();
}
