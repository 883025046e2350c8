import { z } from 'zod';
import { type CsvLine, readCsv } from '../../csv/read-csv.ts';
import { Refusal } from '../../refusal.ts';

/** The columns of a centre line, as TUM's racetrack database names them and in its order, with other names for them. */
const COLUMNS = {
  x_m: ['x', 'easting', 'easting_m'],
  y_m: ['y', 'northing', 'northing_m'],
  w_tr_right_m: ['w_tr_right', 'w_right_m', 'w_right', 'width_right_m', 'width_right', 'right_width', 'right'],
  w_tr_left_m: ['w_tr_left', 'w_left_m', 'w_left', 'width_left_m', 'width_left', 'left_width', 'left'],
} as const;
type Column = keyof typeof COLUMNS;
const NAMES = Object.keys(COLUMNS) as readonly Column[];

/** Beyond all coordinates of maps; a double still tells 15 nanometres apart there [m]. */
const FARTHEST = 1e8;
const coordinate = z.number().min(-FARTHEST).max(FARTHEST);
const width = z.number().positive().max(100);
const rowSchema = z.object({ x_m: coordinate, y_m: coordinate, w_tr_right_m: width, w_tr_left_m: width });
const MEND: Readonly<Record<Column, string>> = {
  x_m: 'give metres of a plane, as UTM has them',
  y_m: 'give metres of a plane, as UTM has them',
  w_tr_right_m: 'give the metres from the centre line to the right edge, more than 0 and at most 100',
  w_tr_left_m: 'give the metres from the centre line to the left edge, more than 0 and at most 100',
};
const COMMENT = '#';
const FORM = { code: 'bad-centre-line', mend: `give ${NAMES.join(',')}` };

/** A point of the centre line and the widths to both sides of it [m]. */
export type CentreLineRow = z.infer<typeof rowSchema>;

/** Where each column stands in a line. */
type Places = Readonly<Record<Column, number>>;

/**
 * The rows of a centre line. The columns are found by their names, in a line of their own or in a comment above the first
 * row, in whatever order; without names they stand as in TUM's racetrack database.
 * @throws Refusal `bad-centre-line` that names file, line and column
 */
export function readCentreLineRows(text: string, file: string): CentreLineRow[] {
  const { lines, number } = readCsv(text, file, { ...FORM, comment: COMMENT });
  const named = lines[0]?.fields.every((field) => Number.isNaN(number(field))) === true;
  const header = named ? lines[0]!.fields : headerInComment(text, lines[0]?.line ?? 1);
  const places = header && placesOf(header, file);
  return (named ? lines.slice(1) : lines).map((line) => readRow(line, places, file, number));
}

function readRow(
  { line, fields }: CsvLine,
  places: Places | undefined,
  file: string,
  number: (field: string) => number,
): CentreLineRow {
  const where = `${file} line ${line}`;
  const placed = places ?? (Object.fromEntries(NAMES.map((name, i) => [name, i])) as Places);
  const last = Math.max(...Object.values(placed));
  // Without names nobody knows what a fifth column would be.
  if (places === undefined ? fields.length !== NAMES.length : fields.length <= last) {
    throw new Refusal(FORM.code, where, `there are ${fields.length} columns`, FORM.mend);
  }
  const values = Object.fromEntries(NAMES.map((name) => [name, number(fields[placed[name]]!)]));
  const row = rowSchema.safeParse(values);
  if (row.success) return row.data;
  const column = row.error.issues[0]!.path[0] as Column;
  const field = fields[placed[column]]!;
  if (field === '') throw new Refusal(FORM.code, `${where}: ${column}`, 'it is empty', 'give a number');
  throw new Refusal(FORM.code, `${where}: ${column}`, `it is "${field.slice(0, 40)}"`, MEND[column]);
}

/** The names of the columns in the last comment above the first row that holds some. */
function headerInComment(text: string, firstRow: number): string[] | undefined {
  const comments = text
    .split(/\r\n?|\n/)
    .slice(0, firstRow - 1)
    .filter((line) => line.trimStart().startsWith(COMMENT));
  return comments
    .map((line) => line.replace(COMMENT, '').split(/[,;|\t]|\s+/))
    .map((fields) => fields.filter((field) => field !== ''))
    .findLast(
      (fields) => fields.some((field) => isNamed(field, 'x_m')) && fields.some((field) => isNamed(field, 'y_m')),
    );
}

/** @throws Refusal for a column that is missing or there twice */
function placesOf(header: readonly string[], file: string): Places {
  return Object.fromEntries(
    NAMES.map((name) => {
      const found = header.flatMap((field, i) => (isNamed(field, name) ? [i] : []));
      if (found.length === 1) return [name, found[0]!];
      const names = header.join(', ').slice(0, 100);
      const what = found.length === 0 ? `its header (${names}) names no ${name}` : `its header names ${name} twice`;
      throw new Refusal(FORM.code, file, what, FORM.mend);
    }),
  ) as Places;
}

/** Whether the field of a header names the column, with or without the unit in brackets. */
function isNamed(field: string, column: Column): boolean {
  const name = field
    .toLowerCase()
    .replace(/\s*[[(]m[\])]$/, '')
    .trim();
  return name === column || (COLUMNS[column] as readonly string[]).includes(name);
}
