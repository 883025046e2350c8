import type { Segment } from './segments.ts';

/** Stretches of samples in which time does not run backwards, in order. One for each recording that lies in a folder. */
export function clockStretches(time: Float64Array): Segment[] {
  const stretches: Segment[] = [];
  let start = 0;
  for (let i = 1; i <= time.length; i++) {
    if (i < time.length && !(time[i]! < time[i - 1]!)) continue;
    stretches.push({ start, end: i });
    start = i;
  }
  return time.length === 0 ? [] : stretches;
}

/** A stretch is long enough for a recording of its own from this on [samples]. */
const LONG = 50;

/** What it means that time runs backwards. */
export type ClockFault =
  /** It never does. */
  | 'none'
  /** Several recordings lie one after the other: most samples are in stretches that are long. */
  | 'several-recordings'
  /** The samples are out of order. */
  | 'out-of-order';

export function clockFault(stretches: readonly Segment[]): ClockFault {
  if (stretches.length < 2) return 'none';
  const lengths = stretches.map(({ start, end }) => end - start);
  const short = lengths.filter((length) => length < LONG).length;
  return 2 * short < stretches.length ? 'several-recordings' : 'out-of-order';
}
