import type { Segment } from '../../../datasets/recording/segments.ts';

/** Predictions beside the truth, frame by frame, in the order of their times. */
export interface Sequence {
  readonly predicted: ArrayLike<number>;
  /** As many as predictions, finite. */
  readonly truth: ArrayLike<number>;
  /** Frames a second; of runs with rates of their own the largest [Hz]. */
  readonly rate: number;
  /** Unit of both. Default `rad`: angles of the steering wheel. */
  readonly unit?: string;
  /**
   * Runs of frames without a gap, in order. What looks from one frame to another (rates, lags, the truth of a while ago)
   * never looks across a gap. Default: all frames are one run.
   */
  readonly runs?: readonly Run[];
}

/** Frames without a gap: `start` to `end`, exclusive. */
export interface Run extends Segment {
  /** Frames a second, where it is not that of the sequence [Hz]. */
  readonly rate?: number;
}

/** The runs of a sequence, with their rates. */
export function runsOf({ runs, truth, rate }: Omit<Sequence, 'predicted'>): readonly Required<Run>[] {
  return (runs ?? [{ start: 0, end: truth.length }]).map((run) => ({ rate, ...run }));
}

/** Whether the values are steering angles, as some measures ask for. */
export function isAngle({ unit = 'rad' }: Pick<Sequence, 'unit'>): boolean {
  return unit === 'rad';
}

/**
 * `predicted[t + shift] - truth[t]` wherever both are in the same run.
 * @param shift in frames at the rate of the sequence; as long in time in runs of other rates
 */
export function errorsOf(sequence: Sequence, shift = 0): number[] {
  const { predicted, truth } = sequence;
  const errors: number[] = [];
  for (const run of runsOf(sequence)) {
    const own = Math.round((shift * run.rate) / sequence.rate);
    const end = Math.min(run.end, run.end - own);
    for (let t = Math.max(run.start, run.start - own); t < end; t++) errors.push(predicted[t + own]! - truth[t]!);
  }
  return errors;
}

/** NaN for none. */
export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}
