/** A run of samples without a gap: `start` to `end`, exclusive. */
export interface Segment {
  readonly start: number;
  readonly end: number;
}

/** A step in time longer than this many usual steps is a gap. */
export const GAP_STEPS = 3;

/** The usual step between samples: the (lower) median of the positive ones [s]; NaN when there are none. */
export function usualStep(time: Float64Array): number {
  // A sample of the steps is enough for a median, and keeps a million samples quick.
  const every = Math.max(1, Math.floor(time.length / 10_000));
  const steps: number[] = [];
  for (let i = 1; i < time.length; i += every) {
    const step = time[i]! - time[i - 1]!;
    if (step > 0) steps.push(step);
  }
  steps.sort((a, b) => a - b);
  return steps.length === 0 ? Number.NaN : steps[Math.floor((steps.length - 1) / 2)]!;
}

/**
 * Cuts a recording where time stands still, runs backwards or jumps by more than `GAP_STEPS` usual steps, and at the
 * given breaks.
 * @param time time of each sample [s]
 * @param breaks samples that do not follow the one before them
 */
export function findSegments(time: Float64Array, breaks: readonly number[]): Segment[] {
  const longest = GAP_STEPS * usualStep(time);
  const cuts = new Set(breaks);
  const segments: Segment[] = [];
  let start = 0;
  for (let i = 1; i < time.length; i++) {
    const step = time[i]! - time[i - 1]!;
    if (step > 0 && !(step > longest) && !cuts.has(i)) continue;
    segments.push({ start, end: i });
    start = i;
  }
  if (time.length > 0) segments.push({ start, end: time.length });
  return segments;
}

/**
 * The rate of a recording: one over the mean of the steps that are no gaps [Hz]. Unlike the median it is not off when
 * steps come in two lengths.
 * @param otherwise returned when no step is positive
 */
export function meanRate(time: Float64Array, otherwise: number): number {
  const longest = GAP_STEPS * usualStep(time);
  let sum = 0;
  let count = 0;
  for (let i = 1; i < time.length; i++) {
    const step = time[i]! - time[i - 1]!;
    if (!(step > 0 && step <= longest)) continue;
    sum += step;
    count++;
  }
  return count === 0 ? otherwise : count / sum;
}
