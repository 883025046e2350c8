import { CsvError, parse } from 'csv-parse/browser/esm/sync';
import { Refusal } from '../refusal.ts';
import { type Decimals, decimalsOf, type NumberReader, numberReader } from './numbers.ts';
import { findSeparator, type Separator } from './separator.ts';

/** One line of a table: its fields without the blanks around them. */
export interface CsvLine {
  /** Line in the file, counted from 1. */
  readonly line: number;
  readonly fields: readonly string[];
}

/** A table of text as a person's program wrote it. */
export interface CsvTable {
  readonly separator: Separator;
  /** By what its numbers mark decimals. */
  readonly decimals: Decimals;
  /** Lines that hold something, however many fields each has. A header is one of them. */
  readonly lines: readonly CsvLine[];
  /** A field as a number, by how this table writes them; NaN where it is none. */
  readonly number: NumberReader;
}

/** What a refusal of a table says; the rest is found out. */
export interface CsvOptions {
  /** Code of the refusal. */
  readonly code: string;
  /** What the file should hold. */
  readonly mend: string;
  /** Lines that begin with it are left out, and what follows it in a line. Default: there are no comments. */
  readonly comment?: string;
}

/** Excel's own way to name the separator, in the first line. */
const EXCEL_SEPARATOR = /^sep=(.)\s*$/i;

/**
 * Reads a table: CSV, with semicolons, tabs or bars between the fields, or blanks where all lines have as many; quoted or
 * not; with decimal points or decimal commas. Lines without content are left out.
 * @param text as `decodeText` gives it
 * @param where name of the file, for the refusal
 * @throws Refusal when it is no table
 */
export function readCsv(text: string, where: string, options: CsvOptions): CsvTable {
  const content = unwrapped(text.replaceAll(/\r\n?/g, '\n'));
  const named = EXCEL_SEPARATOR.exec(content.slice(0, content.indexOf('\n') + 1 || undefined).trimEnd())?.[1];
  // The line stays as an empty one, so that lines are counted as in the file.
  const body = named === undefined ? content : content.slice(content.indexOf('\n'));
  const separator = (named as Separator | undefined) ?? findSeparator(probe(body, options), splitLine);
  const lines = separator === ' ' ? splitByBlanks(body, options) : splitAll(body, separator, where, options);
  const decimals = decimalsOf(lines.map(({ fields }) => fields));
  return { separator, decimals, lines, number: numberReader(decimals) };
}

/** Characters of a text that are looked at to find the separator. */
const PROBE = 65_536;

function probe(text: string, { comment }: CsvOptions): string[] {
  const lines = text.slice(0, PROBE).split('\n');
  // The last one is cut off.
  if (text.length > PROBE && lines.length > 1) lines.pop();
  return lines.filter((line) => line.trim() !== '' && (comment === undefined || !line.trimStart().startsWith(comment)));
}

function splitLine(line: string, separator: Separator): string[] {
  if (separator === ' ') return splitAtBlanks(line);
  try {
    return parsed(line, separator, true)[0]?.record ?? [];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return line.split(separator).map((field) => field.trim());
  }
}

function splitAtBlanks(line: string): string[] {
  return (line.match(/"[^"]*"|\S+/g) ?? []).map((field) => /^"(.*)"$/.exec(field)?.[1]?.trim() ?? field);
}

function splitByBlanks(text: string, { comment }: CsvOptions): CsvLine[] {
  const lines: CsvLine[] = [];
  for (const [i, whole] of text.split('\n').entries()) {
    const line = (comment === undefined ? whole : whole.split(comment)[0]!).trim();
    if (line !== '') lines.push({ line: i + 1, fields: splitAtBlanks(line) });
  }
  return lines;
}

function splitAll(text: string, separator: Separator, where: string, { code, mend, comment }: CsvOptions): CsvLine[] {
  try {
    return quotesOrNot(text, separator, comment).map(({ info, record }) => ({
      line: info.lines,
      fields: record.map((field) => field.trim()),
    }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = error.lines === undefined ? '' : ` line ${error.lines}`;
    throw new Refusal(code, `${where}${line}`, `it is no table (${error.message})`, mend);
  }
}

interface ParsedLine {
  readonly info: { readonly lines: number };
  readonly record: string[];
}

/** Some programs quote nothing, and names of folders may have quotes in them: such a quote is a letter. */
function quotesOrNot(text: string, separator: Separator, comment?: string): ParsedLine[] {
  if (!text.includes('"')) return parsed(text, separator, false, comment);
  let quoted: ParsedLine[] | undefined;
  try {
    quoted = parsed(text, separator, true, comment);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
  }
  if (quoted !== undefined && !quoted.some(({ record }) => record.some((field) => field.includes('\n')))) return quoted;
  const plain = parsed(text, separator, false, comment);
  const even = plain.every(({ record }) => record.length === plain[0]!.record.length);
  return quoted === undefined || even ? plain : quoted;
}

function parsed(text: string, separator: Separator, quotes: boolean, comment?: string): ParsedLine[] {
  return parse(text, {
    delimiter: separator,
    record_delimiter: '\n',
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    // With tabs between the fields, an empty field is one more blank.
    trim: separator !== '\t',
    ...(quotes ? { relax_quotes: true } : { quote: null }),
    ...(comment !== undefined && { comment }),
  }) as unknown as ParsedLine[];
}

/** A table whose every line was put in quotes as one field, as a spreadsheet does with a file of another locale. */
function unwrapped(text: string): string {
  const lines = text.split('\n');
  const whole = /^"(?:[^"]|"")*"$/;
  const held = lines.filter((line) => line.trim() !== '');
  if (held.length === 0 || !held.every((line) => whole.test(line.trim()) && /[,;\t]/.test(line))) return text;
  return lines.map((line) => line.trim().slice(1, -1).replaceAll('""', '"')).join('\n');
}
