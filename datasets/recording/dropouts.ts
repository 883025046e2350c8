import type { Recording } from './recording.ts';
import type { Segment } from './segments.ts';

/** Samples `start` to `end` (exclusive) in which a column fell away from the values around it. */
export interface Dropout extends Segment {
  readonly column: string;
}

/** Columns in which dropouts are looked for: what is learned, and what is measured of it. */
const COLUMNS = ['steeringAngle', 'speed', 'torque', 'measuredSteeringAngle', 'measuredSpeed'];
/** A dropout is no longer than this [samples]. */
const LONGEST = 3;
/** The value jumps at least by this many usual (median) steps, and by this many of the largest tenth. */
const USUAL_STEPS = 15;
const LARGE_STEPS = 4;
/** The values before and after lie as close together as this share of the jump. */
const ALIKE = 0.25;
/** More dropouts than this share of the samples are the way in which somebody steers, with keys perhaps. */
const RARE = 0.05;

/**
 * Single values that fall away from their neighbours and come back, as in 192.6, 0, 193.4: a message that a car's bus lost.
 * None for a column in which they are frequent.
 */
export function findDropouts({ columns, segments, length }: Recording): Dropout[] {
  return COLUMNS.flatMap((column) => {
    const values = columns[column];
    if (values === undefined) return [];
    const least = leastJump(values, segments);
    const found = segments.flatMap((segment) => dropoutsIn(values, segment, least));
    const samples = found.reduce((sum, { start, end }) => sum + end - start, 0);
    return samples > RARE * length ? [] : found.map((dropout) => ({ column, ...dropout }));
  });
}

/** A jump that is no usual step; endless where the values hardly ever change. */
function leastJump(values: Float64Array, segments: readonly Segment[]): number {
  const steps: number[] = [];
  for (const { start, end } of segments) {
    for (let i = start + 1; i < end; i++) {
      const step = Math.abs(values[i]! - values[i - 1]!);
      if (step > 0) steps.push(step);
    }
  }
  if (steps.length < 20) return Number.POSITIVE_INFINITY;
  steps.sort((a, b) => a - b);
  const at = (share: number) => steps[Math.floor(share * (steps.length - 1))]!;
  return Math.max(USUAL_STEPS * at(0.5), LARGE_STEPS * at(0.9));
}

function dropoutsIn(values: Float64Array, { start, end }: Segment, least: number): Segment[] {
  const found: Segment[] = [];
  for (let i = start + 1; i < end - 1; i++) {
    const before = values[i - 1]!;
    for (let after = i + 1; after <= Math.min(i + LONGEST, end - 1); after++) {
      const jump = nearest(values.subarray(i, after), before, values[after]!);
      if (!(jump >= least && Math.abs(values[after]! - before) <= ALIKE * jump)) continue;
      found.push({ start: i, end: after });
      i = after;
      break;
    }
  }
  return found;
}

/** The least distance of the values from those around them, all to one side; 0 where they lie on both. */
function nearest(values: Float64Array, before: number, after: number): number {
  const [low, high] = [Math.min(before, after), Math.max(before, after)];
  const below = values.every((value) => value < low);
  if (!below && !values.every((value) => value > high)) return 0;
  return values.reduce((least, value) => Math.min(least, below ? low - value : value - high), Number.POSITIVE_INFINITY);
}

/**
 * The values of dropouts on straight lines over time between those around them.
 * @param dropouts within the recording, and never at its ends
 */
export function interpolated(recording: Recording, dropouts: readonly Dropout[]): Recording {
  if (dropouts.length === 0) return recording;
  const { time } = recording.columns;
  const columns: Record<string, Float64Array> & { time: Float64Array } = { ...recording.columns, time };
  for (const name of new Set(dropouts.map(({ column }) => column))) {
    const values = recording.columns[name]!.slice();
    for (const { column, start, end } of dropouts) {
      if (column !== name) continue;
      const [before, after] = [values[start - 1]!, values[end]!];
      const [from, until] = [time[start - 1]!, time[end]!];
      for (let i = start; i < end; i++) values[i] = before + ((time[i]! - from) / (until - from)) * (after - before);
    }
    columns[name] = values;
  }
  return { ...recording, columns };
}
