import { readFile } from 'node:fs/promises';
import { CsvError, parse } from 'csv-parse/sync';
import { Refusal } from '../../../sim/refusal.ts';

/** One column of a CSV file, with the column that names each frame where there is one. */
export interface AngleColumn {
  readonly path: string;
  /** Header of the column, or its number from 1 in a file without a header. */
  readonly name: string;
  readonly angles: Float64Array;
  /** What names each row, as written; null in a file without such a column. */
  readonly frameIds: readonly string[] | null;
  /** Line of each row in the file, from 1. */
  readonly lines: readonly number[];
}

const ID_NAMES = ['frame_id', 'frame', 'timestamp', 'time', 'id', 'index', 'filename', 'image'];
const ANGLE_NAMES = ['steering_angle', 'steeringangle', 'steering', 'angle', 'prediction', 'predicted'];

interface Row {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/**
 * Reads a column of angles from a CSV file.
 * @param wanted header of the column or its number from 1; without it the column is found by its name
 * @throws Refusal when the file, the column or a number in it is missing or wrong
 */
export async function readAngles(path: string, wanted?: string): Promise<AngleColumn> {
  const rows = parseRows(path, await read(path));
  const first = rows[0];
  if (first === undefined) throw new Refusal('empty-file', path, 'holds no rows', 'give a CSV file with a row a frame');
  const hasHeader = first.record.every((cell) => !isNumber(cell));
  const header = hasHeader ? first.record : first.record.map((_, i) => String(i + 1));
  const body = hasHeader ? rows.slice(1) : rows;
  if (body.length === 0)
    throw new Refusal('empty-file', path, 'holds only a header', 'give a CSV file with a row a frame');
  const column = findColumn(path, header, wanted);
  const idColumn = header.findIndex((name, i) => i !== column && ID_NAMES.includes(name.toLowerCase()));
  return {
    path,
    name: header[column]!,
    angles: Float64Array.from(body, ({ record, info }) => toNumber(record[column]!, path, info.lines, header[column]!)),
    frameIds: idColumn < 0 ? null : body.map(({ record }) => record[idColumn]!),
    lines: body.map(({ info }) => info.lines),
  };
}

async function read(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const what = code === 'ENOENT' ? 'is not there' : `cannot be read (${code})`;
    throw new Refusal('unreadable-file', path, what, 'name a CSV file with a row a frame');
  }
}

function parseRows(path: string, text: string): Row[] {
  try {
    return parse(text, { bom: true, trim: true, skip_empty_lines: true, info: true }) as unknown as Row[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new Refusal('not-csv', path, error.message, 'mend that line');
  }
}

function findColumn(path: string, header: readonly string[], wanted?: string): number {
  const names = header.map((name) => name.toLowerCase());
  const choose = `choose one of its columns (${header.join(', ')})`;
  if (wanted !== undefined) {
    const byName = header.indexOf(wanted);
    const found = byName >= 0 ? byName : /^\d+$/.test(wanted) ? Number(wanted) - 1 : -1;
    if (found < 0 || found >= header.length)
      throw new Refusal('unknown-column', path, `has no column ${wanted}`, choose);
    return found;
  }
  for (const name of ANGLE_NAMES) if (names.includes(name)) return names.indexOf(name);
  const candidates = names.flatMap((name, i) => (ID_NAMES.includes(name) ? [] : [i]));
  if (candidates.length === 1) return candidates[0]!;
  throw new Refusal('unclear-column', path, 'does not say which column holds the angles', choose);
}

function isNumber(cell: string): boolean {
  return cell !== '' && Number.isFinite(Number(cell));
}

function toNumber(cell: string, path: string, line: number, name: string): number {
  if (isNumber(cell)) return Number(cell);
  const what = cell === '' ? 'is empty' : `is "${cell}", which is no finite number`;
  throw new Refusal('not-a-number', `${path} line ${line}: ${name}`, what, 'write the angle there or take the row out');
}
