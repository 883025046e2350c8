/** Samples in the order of their times. */
export interface TimedSamples {
  /** Numbers of the samples as they are listed, in that order. */
  readonly order: readonly number[];
  /** [s] from the first */
  readonly time: Float64Array;
  /** Rate that was assumed [Hz]; absent where the times were recorded. */
  readonly assumedRate?: number;
  /** Places in that order that do not follow the one before. */
  readonly breaks: readonly number[];
  /** For people. */
  readonly notes: readonly string[];
}

/** Rows of which more than this share go back in time were shuffled; fewer are recordings one after the other. */
const SHUFFLED = 0.1;

/**
 * Samples whose times are known.
 * @param seconds of each sample as they are listed
 * @param gaps places that do not follow the one before
 */
export function byTime(seconds: readonly number[], gaps: readonly number[]): TimedSamples {
  const backwards = seconds.filter((second, i) => i > 0 && second < seconds[i - 1]!).length;
  const shuffled = backwards > SHUFFLED * seconds.length;
  const order = seconds.map((_, i) => i);
  if (shuffled) order.sort((a, b) => seconds[a]! - seconds[b]!);
  const start = seconds[order[0] ?? 0]!;
  return {
    order,
    // Seconds since 1970 in 64 bits are good for a microsecond or less.
    time: Float64Array.from(order, (i) => Math.round((seconds[i]! - start) * 1e5) / 1e5),
    breaks: shuffled ? [] : gaps,
    notes: shuffled ? ['the rows are not in the order of their times; they are put in it'] : [],
  };
}

/**
 * Samples of which nothing tells the time: as they are listed.
 * @param rate assumed [Hz]
 * @param gaps places that do not follow the one before
 */
export function byCount(
  length: number,
  rate: number,
  gaps: readonly number[],
  notes: readonly string[] = [],
): TimedSamples {
  const order = Array.from({ length }, (_, i) => i);
  return { order, time: Float64Array.from(order, (i) => i / rate), assumedRate: rate, breaks: gaps, notes };
}
