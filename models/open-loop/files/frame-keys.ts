import { unitCalled } from '../../../datasets/formats/columns/units.ts';
import { secondsOfDate } from '../../../datasets/formats/date-time.ts';
import type { TableColumns } from './table-columns.ts';

/** What the rows of a table are known by. */
export interface FrameKeys {
  /** What names each row, for comparisons: without folders, leading zeros and the `.0` of whole numbers; null without. */
  readonly frames: readonly string[] | null;
  /** Whether those names only count the rows of the file, as many programs write them of themselves. */
  readonly counted: boolean;
  /** Time of each row [s]; null where no column tells it. */
  readonly times: Float64Array | null;
  /** Numbers that tell the order of the frames and what is missing between them; null where there are none. */
  readonly numbers: Float64Array | null;
}

/** Digits of a Unix time in this century, and its units a second. */
const UNIX_TIMES: readonly (readonly [RegExp, number])[] = [
  [/^1\d{18}$/, 1e9],
  [/^1\d{15}$/, 1e6],
  [/^1\d{12}$/, 1e3],
  [/^1\d{9}(?:[.,]\d+)?$/, 1],
];

/** ISO 8601, with a blank for the T as in many logs. */
const DATE = /^\d{4}-\d\d-\d\d[T _]\d\d:\d\d:\d\d/;

/** Whether a column names frames or tells their times, by its name or, without one, by what is in it. */
export function isFrameColumn(table: TableColumns, number: number): boolean {
  const { holds } = table.names[number]!;
  if (holds === 'frame' || holds === 'time' || holds === 'picture') return true;
  if (holds !== undefined) return false;
  const cells = cellsOf(table, number);
  const isUnnamed = /^(\d+|unnamed.*)$/i.test(table.header[number]!);
  return (
    isText(table, number) || unixTimes(cells) !== undefined || (isUnnamed && table.header.length > 1 && count(cells))
  );
}

/** What a table's rows are known by, beside the column of angles. */
export function findKeys(table: TableColumns, angles: number): FrameKeys {
  const columns = table.header.map((_, i) => i).filter((i) => i !== angles && isFrameColumn(table, i));
  const holds = (i: number) => table.names[i]!.holds;
  const named =
    columns.find((i) => holds(i) === 'frame') ??
    columns.find((i) => holds(i) !== 'time' && !count(cellsOf(table, i))) ??
    columns.find((i) => holds(i) !== 'time');
  const timed = columns.find((i) => holds(i) === 'time');
  const frames = named ?? timed;
  const cells = frames === undefined ? null : cellsOf(table, frames);
  const times = (timed === undefined ? undefined : timesOf(table, timed)) ?? (cells === null ? null : unixTimes(cells));
  return {
    frames: cells === null || (named === undefined && times != null) ? null : cells.map(plainFrame),
    counted: cells !== null && count(cells),
    times: times ?? null,
    numbers: cells === null || named === undefined ? null : (numbersOf(cells) ?? null),
  };
}

/** Whether cells are 0, 1, 2 … or 1, 2, 3 … */
function count(cells: readonly string[]): boolean {
  const first = Number(cells[0]);
  return (first === 0 || first === 1) && cells.every((cell, i) => cell !== '' && Number(cell) === first + i);
}

function cellsOf({ body }: TableColumns, number: number): string[] {
  return body.map(({ fields }) => fields[number] ?? '');
}

function isText(table: TableColumns, number: number): boolean {
  return cellsOf(table, number).every(
    (cell) =>
      cell !== '' && Number.isNaN(table.number(cell)) && /[a-z]/i.test(cell) && !/^(nan|inf|none|null)/i.test(cell),
  );
}

/** `IMG\\center_1.jpg` and `./IMG/center_1.jpg` are the same frame, and so are 7, 007 and 7.0. */
function plainFrame(cell: string): string {
  const name = cell.replaceAll('\\', '/').split('/').at(-1)!.trim();
  return /^\d+(?:[.,]0+)?$/.test(name) ? name.replace(/[.,]0+$/, '').replace(/^0+(?=\d)/, '') : name;
}

/** Unix times in any unit [s]; undefined where the cells are none. */
function unixTimes(cells: readonly string[]): Float64Array | undefined {
  const perSecond = UNIX_TIMES.find(([digits]) => cells.every((cell) => digits.test(cell)))?.[1];
  if (perSecond === undefined || cells.length < 2) return undefined;
  // Nanoseconds since 1970 are too many for a number; those since the first row are not.
  if (perSecond === 1) return Float64Array.from(cells, (cell) => Number(cell.replace(',', '.')));
  const begin = BigInt(cells[0]!) / BigInt(perSecond);
  return Float64Array.from(
    cells,
    (cell) => Number(begin) + Number(BigInt(cell) - begin * BigInt(perSecond)) / perSecond,
  );
}

/** Times of a column that is called so [s]; undefined where they are none. */
function timesOf(table: TableColumns, number: number): Float64Array | undefined {
  const cells = cellsOf(table, number);
  const unix = unixTimes(cells);
  if (unix !== undefined) return unix;
  const dates = Float64Array.from(cells, (cell) => (DATE.test(cell) ? secondsOfDate(cell) : Number.NaN));
  if (dates.every(Number.isFinite)) return dates;
  const values = Float64Array.from(cells, (cell) => table.number(cell));
  if (!values.every(Number.isFinite)) return undefined;
  const unit = table.names[number]!.unit ?? unitCalled('s', 'time')!;
  const factor = unit.factor({ steeringRatio: 1, fullSteering: 1 });
  return values.map((value) => value * factor);
}

/** The numbers in names that differ only by them, such as 7, frame_0007.png; undefined where they differ otherwise. */
function numbersOf(cells: readonly string[]): Float64Array | undefined {
  const parts = cells.map((cell) => /^(.*?)(\d+)(?:[.,]0+)?(\.[a-z]+|[^\d]*)$/i.exec(cell));
  const first = parts[0];
  const alike = parts.every((part) => part !== null && part[1] === first![1] && part[3] === first![3]);
  if (!alike || first === null) return undefined;
  return Float64Array.from(parts, (part) => Number(part![2]));
}
