import { type BadSamples, badSample, parseNumber } from '../bad-samples.ts';
import { secondsOfDate } from '../date-time.ts';
import type { CsvLine } from '../../../sim/csv/read-csv.ts';
import { parseCsv } from '../table.ts';

/** One row of the simulator's log. */
export interface LogRow {
  /** Line in the file, counted from 1. */
  readonly line: number;
  /** File names without folders, centre, left and right; empty where the field is. */
  readonly pictures: readonly [centre: string, left: string, right: string];
  /** Share of 25 degrees at the road wheels, right positive. */
  readonly steering: number;
  readonly throttle: number;
  readonly brake: number;
  /** [mph] */
  readonly speed: number;
}

const FIELDS = ['center', 'left', 'right', 'steering', 'throttle', 'brake', 'speed'] as const;

/**
 * Reads `driving_log.csv`: with or without a header, blanks after commas, any style of paths.
 * @param where name of the file, for refusals
 */
export function parseLog(text: string, where: string, bad: BadSamples): LogRow[] {
  const rows: LogRow[] = [];
  for (const [number, line] of parseCsv(text, where).lines.entries()) {
    if (number === 0 && line.fields.length >= 4 && Number.isNaN(Number(line.fields[3]))) continue;
    const row = bad.try(() => parseRow(line, `${where}:${line.line}`));
    if (row !== undefined) rows.push(row);
  }
  return rows;
}

function parseRow(line: CsvLine, where: string): LogRow {
  const { fields } = line;
  if (fields.length > FIELDS.length) {
    throw badSample(
      where,
      `${fields.length} fields instead of 7, as a simulator with decimal commas writes`,
      'record again under an English locale',
    );
  }
  if (fields.length < FIELDS.length) throw badSample(where, `${fields.length} fields instead of 7`);
  const text = (field: (typeof FIELDS)[number]) => fields[FIELDS.indexOf(field)]!;
  const number = (field: (typeof FIELDS)[number]) => parseNumber(text(field), `${where}: ${field}`);
  const picture = (field: (typeof FIELDS)[number]) => text(field).split(/[\\/]/).at(-1)!;
  return {
    line: line.line,
    pictures: [picture('center'), picture('left'), picture('right')],
    steering: number('steering'),
    throttle: number('throttle'),
    brake: number('brake'),
    speed: number('speed'),
  };
}

/** Time in a file name such as `center_2020_06_08_04_44_45_004.jpg` [s]; NaN without one. */
export function timeInName(name: string): number {
  const parts = /(\d{4})_(\d\d)_(\d\d)_(\d\d)_(\d\d)_(\d\d)_(\d{3})/.exec(name);
  return parts === null ? Number.NaN : secondsOfDate(parts.slice(1));
}
