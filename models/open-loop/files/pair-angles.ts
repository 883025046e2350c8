import type { Segment } from '../../../datasets/recording/segments.ts';
import { usualStep } from '../../../datasets/recording/segments.ts';
import { Refusal } from '../../../sim/refusal.ts';
import type { AngleColumn } from './angle-table.ts';
import { bringTogether, type PairingKind } from './bring-together.ts';
import { orderRows, type RowOrder, runsOfRows } from './row-order.ts';

export interface PairOptions {
  /** By what rows are brought together. Default: by what both tables have. */
  readonly by?: PairingKind | undefined;
  /** Leave frames out that lack a prediction or a truth, instead of refusing them. */
  readonly allowMissing?: boolean | undefined;
}

/** Predictions and truth of the same frames, in the order in which they were driven; as stored. */
export interface AnglePairs {
  readonly predicted: Float64Array;
  readonly truth: Float64Array;
  /** By what rows were brought together. */
  readonly by: PairingKind;
  /** By what they were ordered. */
  readonly order: RowOrder['by'];
  /** Rows of the truth that stood elsewhere in the file. */
  readonly moved: number;
  /** Frames of the truth that were left out for want of a prediction or an angle. */
  readonly missing: number;
  /** Rows of the predictions that belong to no frame of the truth. */
  readonly unused: number;
  /** Rows that were there twice with the same angle. */
  readonly repeated: number;
  /** Runs of frames without a gap. */
  readonly runs: readonly Segment[];
  /** Frames a second, rounded to a tenth; null where the times do not tell it [Hz]. */
  readonly rate: number | null;
}

/**
 * Brings predictions and truth together: by the frame's name where both tables have one, by time where both tell it, else
 * row by row; and puts them in the order in which they were driven.
 * @throws Refusal when a frame has no prediction or two, an angle is missing, or nothing fits together
 */
export function pairAngles(predictions: AngleColumn, truth: AngleColumn, options: PairOptions = {}): AnglePairs {
  const { allowMissing = false } = options;
  const order = orderRows(truth.keys, truth.angles.length);
  const together = bringTogether(predictions, truth, options.by);
  const rows: number[] = [];
  for (const row of order.rows) {
    if (together.repeated.has(row)) continue;
    const match = together.matches[row]!;
    if (!allowMissing) refuseMissing(predictions, truth, row, match);
    else if (match < 0 || Number.isNaN(truth.angles[row]) || Number.isNaN(predictions.angles[match])) continue;
    rows.push(row);
  }
  if (rows.length === 0) throw nothingInCommon(predictions, truth);
  const { times, numbers } = truth.keys;
  const values = order.by === 'number' ? numbers : times;
  const kept = values && Float64Array.from(rows, (row) => values[row]!);
  return {
    predicted: Float64Array.from(rows, (row) => predictions.angles[together.matches[row]!]!),
    truth: Float64Array.from(rows, (row) => truth.angles[row]!),
    by: together.by,
    order: order.by,
    moved: order.moved,
    missing: truth.angles.length - together.repeated.size - rows.length,
    unused: together.unused,
    repeated: together.repeated.size + together.repeatedPredictions,
    runs: kept === null ? [{ start: 0, end: rows.length }] : runsOfRows(kept, order.by),
    rate: rateOf(times && Float64Array.from(rows, (row) => times[row]!)) ?? rateOf(predictions.keys.times),
  };
}

/** The frame rate [Hz], rounded to a tenth; null where the times do not tell it. The median makes it blind to gaps. */
export function rateOf(times: Float64Array | null): number | null {
  if (times === null) return null;
  // Nanoseconds since 1970 are exact to some tenth of a microsecond.
  const step = usualStep(Float64Array.from(times).sort());
  return step > 0 ? Math.round(10 / step) / 10 : null;
}

function refuseMissing(predictions: AngleColumn, truth: AngleColumn, row: number, match: number): void {
  const leave = 'or leave such frames out with --allow-missing';
  if (match < 0) {
    const what = `has no prediction for frame ${nameOf(truth, row)} (${truth.path} line ${truth.lines[row]})`;
    throw new Refusal(
      'missing-frame',
      predictions.path,
      what,
      `predict an angle for every frame of the truth, ${leave}`,
    );
  }
  refuseEmpty(truth, row, leave);
  refuseEmpty(predictions, match, leave);
}

function refuseEmpty(column: AngleColumn, row: number, leave: string): void {
  if (Number.isFinite(column.angles[row])) return;
  const cell = column.cell(row);
  const what = cell === '' ? 'is empty' : `is ${JSON.stringify(cell)}, which is no finite number`;
  const where = `${column.path} line ${column.lines[row]}: ${column.name}`;
  throw new Refusal('not-a-number', where, what, `write the angle there, ${leave}`);
}

function nameOf({ keys }: AngleColumn, row: number): string {
  return keys.frames?.[row] ?? (keys.times === null ? String(row + 1) : `at ${keys.times[row]} s`);
}

function nothingInCommon(predictions: AngleColumn, truth: AngleColumn): Refusal {
  const what = `no frame of ${truth.path} has both an angle and a prediction`;
  return new Refusal('nothing-in-common', predictions.path, what, 'give files of the same drive');
}
