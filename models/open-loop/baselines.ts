import { meanOf, runsOf, type Sequence } from './metrics/sequence.ts';

/** Age of the truth that a baseline repeats [s]. */
export const REPEAT_AGE = 0.25;

/** A predictor that has seen no image. */
export interface Baseline<Key extends string = string> {
  readonly key: Key;
  /** For people. */
  readonly name: string;
  /** What it would have said; null where there is nothing that it could say. */
  of(truth: Sequence): Sequence | null;
}

const always = (sequence: Sequence, value: number): Sequence => ({
  ...sequence,
  predicted: new Float64Array(sequence.truth.length).fill(value),
});

/** Repeats the truth of `REPEAT_AGE` ago, on the frames of each run that have one. */
function repeated(sequence: Sequence): Sequence | null {
  const predicted: number[] = [];
  const truth: number[] = [];
  const runs = runsOf(sequence).flatMap((run) => {
    const start = truth.length;
    const age = Math.round(REPEAT_AGE * run.rate);
    for (let t = run.start + age; t < run.end; t++) {
      predicted.push(sequence.truth[t - age]!);
      truth.push(sequence.truth[t]!);
    }
    return truth.length > start ? [{ start, end: truth.length, rate: run.rate }] : [];
  });
  return truth.length === 0 ? null : { ...sequence, predicted, truth, runs };
}

/** What every score is set beside, in this order. */
export const BASELINES = [
  { key: 'zero', name: 'always 0', of: (sequence) => always(sequence, 0) },
  // The mean of the truth itself, which no predictor could know.
  { key: 'mean', name: 'always the mean', of: (sequence) => always(sequence, meanOf(sequence.truth)) },
  { key: 'repeat', name: `the truth ${REPEAT_AGE} s ago`, of: repeated },
] as const satisfies readonly Baseline[];
