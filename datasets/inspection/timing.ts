import { type ClockFault, clockFault, clockStretches } from '../recording/clock.ts';
import type { Recording } from '../recording/recording.ts';
import { meanRate } from '../recording/segments.ts';

/** The times of a recording. */
export interface Timing {
  readonly samples: number;
  /** Time within segments [s]. */
  readonly duration: number;
  /** Mean rate within segments [Hz]. */
  readonly rate: number;
  /** Standard deviation of the steps within segments over their mean. */
  readonly jitter: number;
  readonly segments: number;
  /** Between segments: the sample after the gap, and its length [s] (negative when time runs backwards). */
  readonly gaps: readonly { readonly sample: number; readonly seconds: number }[];
  /** Samples with the same time as the one before. */
  readonly repeated: number;
  /** Samples before which time runs backwards, and what that means. */
  readonly backwards: { readonly samples: readonly number[]; readonly fault: ClockFault };
}

export function timing(recording: Recording): Timing {
  const { time } = recording.columns;
  const steps: number[] = [];
  let duration = 0;
  let repeated = 0;
  for (const { start, end } of recording.segments) {
    duration += time[end - 1]! - time[start]!;
    for (let i = start + 1; i < end; i++) steps.push(time[i]! - time[i - 1]!);
  }
  for (let i = 1; i < time.length; i++) if (time[i] === time[i - 1]) repeated++;
  const stretches = clockStretches(time);
  const mean = steps.reduce((sum, step) => sum + step, 0) / steps.length;
  const squares = steps.reduce((sum, step) => sum + (step - mean) ** 2, 0) / steps.length;
  return {
    samples: time.length,
    duration,
    rate: meanRate(time, recording.metadata.rate),
    jitter: Math.sqrt(squares) / mean,
    segments: recording.segments.length,
    gaps: recording.segments.slice(1).map(({ start }) => ({ sample: start, seconds: time[start]! - time[start - 1]! })),
    repeated,
    backwards: { samples: stretches.slice(1).map(({ start }) => start), fault: clockFault(stretches) },
  };
}
