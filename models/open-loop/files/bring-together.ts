import { nearestAt } from '../../../datasets/formats/time-series.ts';
import { usualStep } from '../../../datasets/recording/segments.ts';
import { Refusal } from '../../../sim/refusal.ts';
import type { AngleColumn } from './angle-table.ts';

/** By what rows of two tables are brought together: the frame's name, its time, or its place in the file. */
export const PAIRINGS = ['frame', 'time', 'row'] as const;
export type PairingKind = (typeof PAIRINGS)[number];

export interface BroughtTogether {
  readonly by: PairingKind;
  /** For each row of the truth the row of the predictions; -1 where there is none. */
  readonly matches: Int32Array;
  /** Rows of the truth that say again what an earlier one says. */
  readonly repeated: ReadonlySet<number>;
  readonly repeatedPredictions: number;
  /** Rows of the predictions that belong to no row of the truth. */
  readonly unused: number;
}

/** @throws Refusal when a frame is there twice with two angles, or the two tables have nothing in common */
export function bringTogether(predictions: AngleColumn, truth: AngleColumn, wanted?: PairingKind): BroughtTogether {
  const has = (by: PairingKind) => by === 'row' || [predictions, truth].every((table) => keyOf(table, by) !== null);
  if (wanted !== undefined && !has(wanted)) {
    const lacking = keyOf(truth, wanted) === null ? truth : predictions;
    const mend = 'give the column a name such as frame_id or time, or bring them together by row (--by row)';
    throw new Refusal('no-key', lacking.path, `has no column that tells the ${wanted} of its rows`, mend);
  }
  // Numbers that only count a file's rows say less than times do.
  const counted = predictions.keys.counted && truth.keys.counted;
  const usual: PairingKind[] = counted ? ['time', 'frame'] : ['frame', 'time'];
  const ways = wanted === undefined ? usual.filter(has) : wanted === 'row' ? [] : [wanted];
  for (const by of ways) {
    const together = by === 'frame' ? byFrame(predictions, truth) : byTime(predictions, truth);
    if (together !== undefined) return together;
  }
  if (ways.length > 0) throw disjoint(predictions, truth, ways[0]!);
  return byRow(predictions, truth);
}

function keyOf({ keys }: AngleColumn, by: PairingKind): ArrayLike<unknown> | null {
  return by === 'frame' ? keys.frames : keys.times;
}

function byFrame(predictions: AngleColumn, truth: AngleColumn): BroughtTogether | undefined {
  const own = distinct(predictions, predictions.keys.frames!);
  const theirs = distinct(truth, truth.keys.frames!);
  const matches = Int32Array.from(truth.keys.frames!, (frame) => own.rows.get(frame) ?? -1);
  const used = new Set(matches.filter((match) => match >= 0));
  if (used.size === 0) return undefined;
  const unused = own.rows.size - used.size;
  return { by: 'frame', matches, repeated: theirs.repeated, repeatedPredictions: own.repeated.size, unused };
}

/** The nearest prediction within half a step of the truth. */
function byTime(predictions: AngleColumn, truth: AngleColumn): BroughtTogether | undefined {
  const own = distinct(predictions, predictions.keys.times!);
  const theirs = distinct(truth, truth.keys.times!);
  const ascending = [...own.rows].sort(([a], [b]) => a - b);
  const order = Array.from(truth.keys.times!, (_, row) => row).sort(
    (a, b) => truth.keys.times![a]! - truth.keys.times![b]!,
  );
  const sorted = Float64Array.from(order, (row) => truth.keys.times![row]!);
  const near = nearestAt(
    Float64Array.from(ascending, ([time]) => time),
    sorted,
    usualStep(sorted) / 2,
  );
  const matches = new Int32Array(sorted.length).fill(-1);
  for (const [place, row] of order.entries()) matches[row] = near[place]! < 0 ? -1 : ascending[near[place]!]![1];
  const used = new Set(matches.filter((match) => match >= 0));
  if (used.size === 0) return undefined;
  const unused = own.rows.size - used.size;
  return { by: 'time', matches, repeated: theirs.repeated, repeatedPredictions: own.repeated.size, unused };
}

function byRow(predictions: AngleColumn, truth: AngleColumn): BroughtTogether {
  const [own, theirs] = [predictions.angles.length, truth.angles.length];
  if (own !== theirs) {
    const mend = 'give both files a column frame_id or time, or equal rows';
    throw new Refusal('unequal-lengths', predictions.path, `has ${own} rows, and ${truth.path} has ${theirs}`, mend);
  }
  const matches = Int32Array.from({ length: theirs }, (_, row) => row);
  return { by: 'row', matches, repeated: new Set(), repeatedPredictions: 0, unused: 0 };
}

/** The first row of each key, and those that only repeat one. @throws Refusal for a key with two different angles */
function distinct<Key extends string | number>(
  { path, lines, angles }: AngleColumn,
  keys: ArrayLike<Key>,
): { rows: Map<Key, number>; repeated: Set<number> } {
  const rows = new Map<Key, number>();
  const repeated = new Set<number>();
  for (let row = 0; row < keys.length; row++) {
    const key = keys[row]!;
    const first = rows.get(key);
    if (first === undefined) rows.set(key, row);
    else if (Object.is(angles[first], angles[row])) repeated.add(row);
    else {
      const what = `${typeof key === 'number' ? `time ${key} s` : `frame ${key}`} is there twice, with other angles (line ${lines[first]})`;
      const mend = 'keep one of the two, or bring the files together by row (--by row)';
      throw new Refusal('double-frame', `${path} line ${lines[row]}`, what, mend);
    }
  }
  return { rows, repeated };
}

function disjoint(predictions: AngleColumn, truth: AngleColumn, by: PairingKind): Refusal {
  const [own, theirs] = [keyOf(predictions, by)![0], keyOf(truth, by)![0]];
  const what = `no ${by} of ${truth.path} is in it: one begins with ${String(theirs)}, the other with ${String(own)}`;
  const mend = 'give files of the same drive, or bring them together by row (--by row)';
  return new Refusal('nothing-in-common', predictions.path, what, mend);
}
