import { nearestAt } from '../../../datasets/formats/time-series.ts';
import { DEFAULT_STEERING_RATIO, RADIANS_PER_DEGREE } from '../../../datasets/formats/units.ts';
import { usualStep } from '../../../datasets/recording/segments.ts';
import { Refusal } from '../../../sim/refusal.ts';
import type { AngleColumn } from './angle-table.ts';
import { inRadians, unitOfColumn } from './angle-units.ts';

/** Full steering at the road wheels where a table tells shares of it: the Udacity simulator's, and many others'. */
export const USUAL_CAR = { steeringRatio: DEFAULT_STEERING_RATIO, fullSteering: 25 * RADIANS_PER_DEGREE } as const;

/**
 * Predictions of a table by the samples of a recording: by time, else by the number of the sample, else row by row.
 * @param time of the recording's samples [s]
 * @returns steering-wheel angles [rad], NaN where a sample has none
 * @throws Refusal `nothing-in-common` where the table is of another recording, `not-a-number` for what is no angle
 */
export function layBeside(column: AngleColumn, time: Float64Array): Float64Array {
  const rows = rowsByTime(column, time) ?? rowsByNumber(column, time.length) ?? rowsInOrder(column, time.length);
  refuseWords(column);
  const angles = inRadians(column.angles, unitOfColumn(column), USUAL_CAR);
  return Float64Array.from(rows, (row) => (row < 0 ? Number.NaN : angles[row]!));
}

/** An empty cell is a frame without a prediction; a word in it is a fault. */
function refuseWords(column: AngleColumn): void {
  const row = column.angles.findIndex((angle, i) => Number.isNaN(angle) && !/^(nan|none|null)?$/i.test(column.cell(i)));
  if (row < 0) return;
  const where = `${column.path} line ${column.lines[row]}: ${column.name}`;
  const what = `is ${JSON.stringify(column.cell(row))}, which is no number as this table writes them`;
  throw new Refusal('not-a-number', where, what, 'write the angle there, or leave it empty');
}

function rowsByTime({ keys: { times } }: AngleColumn, time: Float64Array): Int32Array | undefined {
  if (times === null) return undefined;
  const order = Array.from(times, (_, row) => row).sort((a, b) => times[a]! - times[b]!);
  const near = nearestAt(
    Float64Array.from(order, (row) => times[row]!),
    time,
    usualStep(time) / 2,
  );
  return near.some((place) => place >= 0) ? near.map((place) => (place < 0 ? -1 : order[place]!)) : undefined;
}

function rowsByNumber({ keys: { numbers } }: AngleColumn, length: number): Int32Array | undefined {
  if (numbers === null || numbers.some((number) => number >= length)) return undefined;
  const rows = new Int32Array(length).fill(-1);
  numbers.forEach((number, row) => {
    rows[number] = row;
  });
  return rows;
}

function rowsInOrder({ path, angles }: AngleColumn, length: number): Int32Array {
  if (angles.length === length) return Int32Array.from({ length }, (_, row) => row);
  const what = `its ${angles.length} rows are not of this recording, which has ${length} samples`;
  const mend = 'give it a column time or sample, as wheelhouse test --out writes them';
  throw new Refusal('nothing-in-common', path, what, mend);
}
