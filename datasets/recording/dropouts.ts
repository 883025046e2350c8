import type { Interpolated } from './edits.ts';
import type { Recording } from './recording.ts';
import type { Segment } from './segments.ts';

/** Columns in which dropouts are looked for: what is learned, and what is measured of it. */
const COLUMNS = ['steeringAngle', 'speed', 'torque', 'measuredSteeringAngle', 'measuredSpeed'];
/** A dropout is no longer than this [samples]. */
const LONGEST = 3;
/**
 * The value jumps at least by this many usual (median) steps, and by this many of the largest tenth; to exactly 0, which is
 * what a lost message leaves, less is enough. On drives of real cars no honest jerk is as large.
 */
const JUMP = { any: [8, 4], zero: [6, 2] } as const;
/** And at least by this share of the range in which nine tenths of the values lie. */
const SHARE_OF_RANGE = 0.1;
/** The values before and after lie as close together as this share of the jump. */
const ALIKE = 0.25;
/** More dropouts than this share of the samples are the way in which somebody steers, with keys perhaps. */
const RARE = 0.05;

/**
 * Single values that fall away from their neighbours and come back, as in 192.6, 0, 193.4: a message that a car's bus lost.
 * None for a column in which they are frequent.
 */
export function findDropouts({ columns, segments, length }: Recording): Interpolated[] {
  return COLUMNS.flatMap((column) => {
    const values = columns[column];
    if (values === undefined) return [];
    const least = leastJumps(values, segments);
    const found = segments.flatMap((segment) => dropoutsIn(values, segment, least));
    const samples = found.reduce((sum, { start, end }) => sum + end - start, 0);
    return samples > RARE * length ? [] : found.map((dropout) => ({ column, ...dropout }));
  });
}

/** Jumps that are no usual steps; endless where the values hardly ever change. */
interface LeastJumps {
  readonly any: number;
  /** To exactly 0. */
  readonly zero: number;
}

function leastJumps(values: Float64Array, segments: readonly Segment[]): LeastJumps {
  const steps: number[] = [];
  for (const { start, end } of segments) {
    for (let i = start + 1; i < end; i++) {
      const step = Math.abs(values[i]! - values[i - 1]!);
      if (step > 0) steps.push(step);
    }
  }
  if (steps.length < 20) return { any: Number.POSITIVE_INFINITY, zero: Number.POSITIVE_INFINITY };
  const step = quantiles(steps);
  const value = quantiles([...values].filter((one) => !Number.isNaN(one)));
  const range = SHARE_OF_RANGE * (value(0.95) - value(0.05));
  const least = ([usual, large]: readonly [number, number]) => Math.max(usual * step(0.5), large * step(0.9), range);
  return { any: least(JUMP.any), zero: least(JUMP.zero) };
}

/** What share of the values is less, by share. */
function quantiles(values: number[]): (share: number) => number {
  const sorted = Float64Array.from(values).sort();
  return (share) => sorted[Math.floor(share * (sorted.length - 1))]!;
}

function dropoutsIn(values: Float64Array, { start, end }: Segment, least: LeastJumps): Segment[] {
  const found: Segment[] = [];
  for (let i = start + 1; i < end - 1; i++) {
    const before = values[i - 1]!;
    for (let after = i + 1; after <= Math.min(i + LONGEST, end - 1); after++) {
      const fallen = values.subarray(i, after);
      const jump = nearest(fallen, before, values[after]!);
      const enough = fallen.every((value) => value === 0) ? least.zero : least.any;
      if (!(jump >= enough && Math.abs(values[after]! - before) <= ALIKE * jump)) continue;
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
