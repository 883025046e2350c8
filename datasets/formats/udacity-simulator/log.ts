import { counted } from '../../../sim/counted.ts';
import type { NumberReader } from '../../../sim/csv/numbers.ts';
import type { CsvLine, CsvTable } from '../../../sim/csv/read-csv.ts';
import { Refusal } from '../../../sim/refusal.ts';
import { type BadSamples, badSample, parseNumber } from '../bad-samples.ts';
import type { Role } from '../columns/roles.ts';
import { unitInName } from '../columns/units.ts';
import { isPictureName } from '../picture-names.ts';
import { parseCsv } from '../table.ts';
import { areTorn, isCount, isHeader, joinPaths, type LogLayout, layoutByPosition, layoutOfHeader } from './layout.ts';

/** One row of the simulator's log. */
export interface LogRow {
  /** Line in the file, counted from 1. */
  readonly line: number;
  /** What the pictures are called, by camera; empty where the field is, absent where there is no such column. */
  readonly pictures: Readonly<Partial<Record<'picture' | 'left' | 'right', string>>>;
  /** Its numbers as they are stored; absent where there is no such column. */
  readonly numbers: Readonly<Partial<Record<NumberRole, number>>>;
  /** What it says of its time, where a column does. */
  readonly time?: string;
  /** Whether it does not follow the row before it: something between them was left out, or a new log begins. */
  readonly gap: boolean;
}

export type NumberRole = 'steering' | 'throttle' | 'brake' | 'speed';
const NUMBERS: readonly NumberRole[] = ['steering', 'throttle', 'brake', 'speed'];
const PICTURES = ['picture', 'left', 'right'] as const;
/** What a person finds in the log. */
const FIELD: Partial<Record<Role, string>> = { picture: 'center' };

export interface Log {
  readonly rows: readonly LogRow[];
  /** Layout of the first part. */
  readonly layout: LogLayout;
  /** How it writes numbers. */
  readonly number: NumberReader;
  readonly notes: readonly string[];
}

/**
 * Reads `driving_log.csv`. A header is believed, in any order and spelling, also one in the middle, where logs were put
 * together; without one position counts.
 * @param where name of the file, for refusals
 * @throws Refusal of the layout, and of the first bad row unless they are skipped
 */
export function parseLog(text: string, where: string, bad: BadSamples): Log {
  const table = parseCsv(text, where);
  const rows: LogRow[] = [];
  const { parts, passed } = partsOf(table);
  const layouts: LogLayout[] = [];
  for (const { header, lines } of parts) {
    const whole = header === undefined ? lines.map((line) => joinPaths(line, table.separator)) : lines;
    const layout =
      header === undefined ? layoutByPosition(whole, table.number, where) : layoutOfHeader(header, lines, table, where);
    layouts.push(layout);
    let gap = rows.length > 0;
    for (const line of whole) {
      const row = bad.try(() => parseRow(line, layout, table, `${where}:${line.line}`));
      if (row === undefined) gap = true;
      else {
        rows.push({ ...row, gap });
        gap = false;
      }
    }
  }
  const notes = [...new Set(layouts.flatMap((layout) => layout.notes))];
  refuseOtherUnits(layouts, parts, where);
  if (parts.length > 1) {
    const more = counted(parts.length - 1, 'more header stands', 'more headers stand');
    notes.push(`${more} in the middle: what follows one begins a new segment`);
  }
  if (table.decimals === 'mixed') notes.push('decimals are marked by points and by commas: both are read');
  if (passed > 0) notes.push(`what stands before the header is passed over (lines: ${passed})`);
  const layout = layouts[0] ?? { width: 0, header: [], columns: new Map(), notes: [] };
  return { rows, layout, number: table.number, notes };
}

/** @throws Refusal where headers of one log say different units of a column */
function refuseOtherUnits(layouts: readonly LogLayout[], parts: readonly LogPart[], where: string): void {
  for (const role of ['steering', 'speed'] as const) {
    const names = layouts.map(({ header, columns }) => header[columns.get(role) ?? -1] ?? '');
    const units = names.map((name) => unitInName(name, role)?.name);
    const other = units.findIndex((unit) => unit !== units[0]);
    if (other < 0 || names[other] === '') continue;
    const what = `it says ${names[other]}, and the first header ${names[0] || `no name for the ${role}`}`;
    throw new Refusal(
      'bad-recording',
      `${where}:${parts[other]!.header?.line ?? 1}`,
      what,
      'put each part in a folder of its own',
    );
  }
}

interface LogPart {
  readonly header: CsvLine | undefined;
  readonly lines: readonly CsvLine[];
}

/** The parts of a log that begin with a header. */
function partsOf({ lines, number }: CsvTable): { parts: readonly LogPart[]; passed: number } {
  const parts: { header: CsvLine | undefined; lines: CsvLine[] }[] = [];
  for (const line of lines) {
    if (isCount(line)) continue;
    if (isHeader(line, number, parts.length === 0)) parts.push({ header: line, lines: [] });
    else if (parts.length === 0) parts.push({ header: undefined, lines: [line] });
    else parts.at(-1)!.lines.push(line);
  }
  const filled = parts.filter((part) => part.lines.length > 0);
  // A title or a comment.
  const [first, ...others] = filled;
  const isTitle =
    first?.header === undefined && others.length > 0 && !first?.lines.some(({ fields }) => fields.some(isPictureName));
  return isTitle ? { parts: others, passed: first!.lines.length } : { parts: filled, passed: 0 };
}

function parseRow(line: CsvLine, layout: LogLayout, table: CsvTable, where: string): Omit<LogRow, 'gap'> {
  const fields = fitted(line, layout, table, where);
  const text = (role: Role) => {
    const place = layout.columns.get(role);
    return place === undefined ? undefined : fields[place]!;
  };
  const pictures: Partial<Record<(typeof PICTURES)[number], string>> = {};
  for (const role of PICTURES) {
    const name = text(role);
    if (name !== undefined) pictures[role] = name;
  }
  const numbers: Partial<Record<NumberRole, number>> = {};
  for (const role of NUMBERS) {
    const value = text(role);
    const field = layout.header[layout.columns.get(role) ?? -1] ?? FIELD[role] ?? role;
    if (value !== undefined) numbers[role] = parseNumber(value, `${where}: ${field}`, table.number);
  }
  const time = text('time');
  return { line: line.line, pictures, numbers, ...(time !== undefined && { time }) };
}

/** The fields of a line, as many as its layout has. @throws Refusal that says why there are more or fewer */
function fitted(
  line: CsvLine,
  { width }: LogLayout,
  { separator, number }: CsvTable,
  where: string,
): readonly string[] {
  const { fields } = line;
  if (fields.length === width) return fields;
  const joined = joinPaths(line, separator).fields;
  if (joined.length === width) return joined;
  const trimmed = fields.slice(0, width);
  if (fields.length > width && fields.slice(width).every((field) => field === '')) return trimmed;
  const what = `${fields.length} fields instead of ${width}`;
  if (fields.length > width && separator === ',' && areTorn([{ line: line.line, fields: joined }], number)) {
    const mend = 'record again under an English locale; a log with more columns needs a header line that names them';
    throw badSample(where, `${what}, as a simulator with decimal commas writes`, mend);
  }
  throw badSample(where, what);
}
