import { CsvError, parse } from 'csv-parse/browser/esm/sync';
import { z } from 'zod';
import { hypot } from '../../maths/deterministic.ts';
import { Refusal } from '../../refusal.ts';
import { type CrossSectionSample, roadThrough } from '../sampled-road.ts';
import type { Track } from '../track.ts';

const COLUMNS = ['x_m', 'y_m', 'w_tr_right_m', 'w_tr_left_m'] as const;
/** Beyond all coordinates of maps; a double still tells 15 nanometres apart there [m]. */
const FARTHEST = 1e8;

const Row = z.tuple([
  z.coerce.number().min(-FARTHEST).max(FARTHEST),
  z.coerce.number().min(-FARTHEST).max(FARTHEST),
  z.coerce.number().positive().max(100),
  z.coerce.number().positive().max(100),
]);
const MEND: Readonly<Record<number, string>> = {
  0: 'give metres of a plane, as UTM has them',
  1: 'give metres of a plane, as UTM has them',
  2: 'give the metres from the centre line to the right edge, more than 0 and at most 100',
  3: 'give the metres from the centre line to the left edge, more than 0 and at most 100',
};

/** Points nearer to each other than this count as one [m]. */
const SAME_POINT = 0.01;
const FEWEST_POINTS = 8;
/** The gap from the last point to the first may be this many times the largest one between points. */
const CLOSING_FACTOR = 3;
/** Nobody states a limit for circuits; the expert needs one [m/s]. */
const SPEED_LIMIT = 30;

/**
 * A closed circuit from a centre line: `x_m,y_m,w_tr_right_m,w_tr_left_m` a line, `#` begins a comment (the format of
 * TUM's racetrack database). The whole width is one lane, and its middle is where to drive.
 * @param file its name, for messages and as the track's id
 * @throws Refusal `bad-centre-line` that names file, line and column
 */
export function readCentreLine(text: string, file: string): Track {
  const rows = readRows(text, file);
  const samples: CrossSectionSample[] = [];
  for (const [x, y, right, left] of rows) {
    const before = samples[samples.length - 1];
    if (before && hypot(x - before.x, y - before.y) < SAME_POINT) continue;
    samples.push({
      x,
      y,
      z: 0,
      bank: 0,
      laneCentre: (left - right) / 2,
      laneWidth: left + right,
      leftEdge: left,
      rightEdge: -right,
    });
  }
  const gap = (i: number): number => {
    const [from, to] = [samples[i]!, samples[(i + 1) % samples.length]!];
    return hypot(to.x - from.x, to.y - from.y);
  };
  if (samples.length > 1 && gap(samples.length - 1) < SAME_POINT) samples.pop();
  const refuse = (what: string, mend: string) => new Refusal('bad-centre-line', file, what, mend);
  if (samples.length < FEWEST_POINTS) {
    throw refuse(`it has ${samples.length} different points`, `give at least ${FEWEST_POINTS}`);
  }
  let largest = 0;
  for (let i = 0; i < samples.length - 1; i++) largest = Math.max(largest, gap(i));
  const closing = gap(samples.length - 1);
  if (closing > CLOSING_FACTOR * largest) {
    throw refuse(`the last point is ${closing.toFixed(1)} m from the first`, 'give a closed circuit, in driving order');
  }
  const paint = { style: 'solid', colour: 'white', width: 0.15 } as const;
  const name = file.replace(/^.*[/\\]/, '').replace(/\.csv$/i, '');
  return roadThrough(samples, {
    id: file,
    name,
    family: 'file',
    closed: true,
    shoulderWidth: 1.5,
    speedLimit: SPEED_LIMIT,
    markings: [
      { ...paint, offsets: samples.map(({ leftEdge }) => leftEdge - 0.2) },
      { ...paint, offsets: samples.map(({ rightEdge }) => rightEdge + 0.2) },
    ],
  });
}

function readRows(text: string, file: string): z.infer<typeof Row>[] {
  let records: { record: string[]; info: { lines: number } }[];
  try {
    const options = { comment: '#', trim: true, bom: true, skip_empty_lines: true, info: true } as const;
    records = parse(text, { ...options, relax_column_count: true }) as unknown as typeof records;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = error.lines === undefined ? '' : ` line ${error.lines}`;
    throw new Refusal('bad-centre-line', `${file}${line}`, error.message, `give ${COLUMNS.join(',')}`);
  }
  // Some write the names of the columns without a comment sign.
  if (records[0]?.record[0] === COLUMNS[0]) records.shift();
  return records.map(({ record, info }) => {
    const where = `${file} line ${info.lines}`;
    if (record.length !== COLUMNS.length) {
      const what = `there are ${record.length} columns`;
      throw new Refusal('bad-centre-line', where, what, `give ${COLUMNS.join(',')}`);
    }
    const empty = record.indexOf('');
    const column = (i: number) => `${where}: ${COLUMNS[i]}`;
    if (empty >= 0) throw new Refusal('bad-centre-line', column(empty), 'it is empty', 'give a number');
    const row = Row.safeParse(record);
    if (row.success) return row.data;
    const at = Number(row.error.issues[0]!.path[0]);
    throw new Refusal('bad-centre-line', column(at), `it is "${record[at]!.slice(0, 40)}"`, MEND[at]!);
  });
}
