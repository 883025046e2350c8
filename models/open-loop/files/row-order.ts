import { findSegments, type Segment, usualStep } from '../../../datasets/recording/segments.ts';
import type { FrameKeys } from './frame-keys.ts';

/** Rows of a table in the order in which they were driven. */
export interface RowOrder {
  /** Numbers of the rows. */
  readonly rows: Int32Array;
  /** Rows that stand elsewhere in the file. */
  readonly moved: number;
  /** What told the order. */
  readonly by: 'time' | 'number' | 'file';
}

/** A step back by more than this many usual steps is the beginning of another recording, where others run on well. */
const RESTART_STEPS = 20;

/**
 * The order in which rows were driven: by their times, else by the numbers in their names, else as in the file. Where
 * the times begin anew a few times, several recordings stand one after the other, and stay so.
 */
export function orderRows({ times, numbers }: FrameKeys, length: number): RowOrder {
  const rows = Int32Array.from({ length }, (_, row) => row);
  const values = times ?? numbers;
  const by = times !== null ? 'time' : numbers !== null ? 'number' : 'file';
  if (values === null || restarts(values)) return { rows, moved: 0, by: 'file' };
  rows.sort((a, b) => values[a]! - values[b]! || a - b);
  return { rows, moved: rows.reduce((count, row, place) => (row === place ? count : count + 1), 0), by };
}

function restarts(values: Float64Array): boolean {
  const step = usualStep(values);
  let [back, far] = [0, 0];
  for (let i = 1; i < values.length; i++) {
    if (values[i]! >= values[i - 1]!) continue;
    back++;
    if (values[i - 1]! - values[i]! > RESTART_STEPS * step) far++;
  }
  return back > 0 && back === far && values.length / (back + 1) > RESTART_STEPS;
}

/**
 * Runs without a gap among rows that are left, in their order.
 * @param values their times [s], or their numbers, of which one that is missing is a gap
 */
export function runsOfRows(values: Float64Array, by: RowOrder['by']): readonly Segment[] {
  if (by !== 'number') return findSegments(values, []);
  const step = usualStep(values);
  const breaks: number[] = [];
  for (let i = 1; i < values.length; i++) if (values[i]! - values[i - 1]! !== step) breaks.push(i);
  return findSegments(values, breaks);
}
