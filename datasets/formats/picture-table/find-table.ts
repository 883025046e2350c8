import { type CsvLine, type CsvTable, readCsv } from '../../../sim/csv/read-csv.ts';
import { decodeText } from '../../../sim/decode-text.ts';
import { nearestNames } from '../../../sim/nearest-name.ts';
import { Refusal } from '../../../sim/refusal.ts';
import type { FileStorage } from '../../storage/storage.ts';
import type { ColumnReadings } from '../columns/readings.ts';
import { ROLES, type Role } from '../columns/roles.ts';
import { isPictureName } from '../picture-names.ts';
import { parseCsv } from '../table.ts';

const TABLE = /\.(?:csv|tsv|tab|txt)$/i;
/** Enough of a table to tell its columns [bytes]. */
const START = 16_384;
/** Rows of a table that show a person what is in it. */
const SHOWN_ROWS = 4;
/** A table of more is none that a car wrote [bytes]. */
const LARGEST = 512 * 1024 * 1024;

/** A table in a folder whose columns are known. */
export interface FoundTable {
  readonly file: string;
  /** Names of the columns; empty without a header. */
  readonly header: readonly string[];
  readonly lines: readonly CsvLine[];
  readonly number: CsvTable['number'];
  /** Columns that a person named, by position from 0. */
  readonly places: ReadonlyMap<Role, number>;
}

/** What a table looks like from its first lines. */
export interface TableStart {
  readonly file: string;
  readonly header: readonly string[];
  readonly width: number;
  readonly first: readonly string[];
  /** The first and some more. */
  readonly rows: readonly (readonly string[])[];
}

/** The files in a folder that may be tables, with what they look like. */
export async function tablesIn(storage: FileStorage): Promise<TableStart[]> {
  const starts: TableStart[] = [];
  for (const { name, kind } of await storage.list()) {
    if (kind !== 'file' || !TABLE.test(name)) continue;
    const text = decodeText(await storage.readRange(name, 0, START), { cut: true });
    const { lines, number } = parseCsv(text, name);
    if (lines.length === 0) continue;
    const header = headerIn(lines, number);
    // The last line may be cut off.
    const rows = lines.slice(header.length > 0 ? 1 : 0).slice(0, SHOWN_ROWS);
    const first = rows[0]?.fields ?? [];
    const width = Math.max(header.length, first.length);
    starts.push({ file: name, header, width, first, rows: rows.map(({ fields }) => fields) });
  }
  return starts;
}

/**
 * The table that has the columns which a person named.
 * @throws Refusal `unknown-column`, `unclear-table`
 */
export async function findTable(storage: FileStorage, readings: ColumnReadings): Promise<FoundTable> {
  const all = await tablesIn(storage);
  const starts = readings.table === undefined ? all : all.filter(({ file }) => file === readings.table);
  if (starts.length === 0) throw noTable(storage, readings, all);
  const fitting = starts.filter((start) => missing(readings, start) === undefined);
  if (fitting.length > 1) {
    const names = fitting.map(({ file }) => file).join(' and ');
    throw new Refusal(
      'unclear-table',
      storage.name,
      `${names} both have these columns`,
      'say which: --columns table=<file>,…',
    );
  }
  const start = fitting[0];
  if (start === undefined) throw noColumn(storage, missing(readings, starts[0]!)!, starts[0]!);
  if ((await storage.size(start.file)) > LARGEST) {
    throw new Refusal(
      'bad-recording',
      `${storage.name}/${start.file}`,
      'it is larger than 512 MB',
      'part it into several',
    );
  }
  const where = `${storage.name}/${start.file}`;
  const table = readCsv(decodeText(await storage.read(start.file)), where, {
    code: 'bad-recording',
    mend: 'restore the file',
  });
  const { header } = start;
  const places = new Map(namedRoles(readings).map(([role, name]) => [role, placeOf(name, header, start.width)!]));
  return {
    file: start.file,
    header,
    lines: header.length > 0 ? table.lines.slice(1) : table.lines,
    number: table.number,
    places,
  };
}

/** The first line, where it names columns: it holds no number and no picture. */
function headerIn(lines: readonly CsvLine[], number: CsvTable['number']): readonly string[] {
  const first = lines[0]!.fields;
  return first.some((field) => !Number.isNaN(number(field)) || isPictureName(field)) ? [] : first;
}

function namedRoles(readings: ColumnReadings): [Role, string][] {
  return ROLES.flatMap((role) =>
    readings[role]?.column === undefined ? [] : [[role, readings[role].column] as [Role, string]],
  );
}

/** The column of a name, or of a number from 1. */
function placeOf(name: string, header: readonly string[], width: number): number | undefined {
  const exact = header.indexOf(name);
  if (exact >= 0) return exact;
  const alike = header.findIndex((one) => one.toLowerCase() === name.toLowerCase());
  if (alike >= 0) return alike;
  const number = /^\d{1,6}$/.test(name) ? Number(name) : 0;
  return number >= 1 && number <= width ? number - 1 : undefined;
}

function missing(readings: ColumnReadings, { header, width }: TableStart): string | undefined {
  return namedRoles(readings).find(([, name]) => placeOf(name, header, width) === undefined)?.[1];
}

function noTable(storage: FileStorage, { table }: ColumnReadings, all: readonly TableStart[]): Refusal {
  const names = all.map(({ file }) => file).join(', ');
  const what = table === undefined ? 'there is no table in it' : `there is no table ${table} in it`;
  const mend =
    all.length > 0
      ? `there is ${names}`
      : 'add a table with a row for each picture: CSV, or text with tabs or semicolons';
  return new Refusal('missing-file', storage.name, what, mend);
}

function noColumn(storage: FileStorage, name: string, { file, header, width }: TableStart): Refusal {
  const mend =
    header.length > 0
      ? `did you mean ${nearestNames(name, header)[0]}? There are ${header.filter((one) => one !== '').join(', ')}`
      : `it has no header: name its columns by their numbers, 1 to ${width}`;
  return new Refusal('unknown-column', `${storage.name}/${file}`, `there is no column ${JSON.stringify(name)}`, mend);
}
