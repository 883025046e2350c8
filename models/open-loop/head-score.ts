import type { Sequence } from './metrics/sequence.ts';
import { type BaselineScore, baselineScore, type OpenLoopScore, openLoopScore } from './open-loop-score.ts';

/**
 * Scores of one head against the truth that every model is judged by: the steering smoothed where it came in pulses, whatever
 * the model was taught.
 */
export interface HeadScore extends OpenLoopScore {
  /** The same predictions against the truth as it was recorded; absent where that is the same. */
  readonly recorded?: RecordedScore;
}

export interface RecordedScore extends OpenLoopScore {
  /**
   * What the smoothed truth itself scores against the recorded one: nobody who has learned perfectly does better, since no
   * picture tells when the next pulse of a key comes.
   */
  readonly floor: BaselineScore;
}

/**
 * Scores predictions against the truth that models are judged by and, where that is smoothed, beside it against the recorded one.
 * @param recorded the truth as recorded, frame by frame
 * @throws RangeError when lengths differ or nothing is there
 */
export function headScore(sequence: Sequence, recorded?: ArrayLike<number>): HeadScore {
  const judged = openLoopScore(sequence);
  if (recorded === undefined || isSame(recorded, sequence.truth)) return judged;
  const score = openLoopScore({ ...sequence, truth: recorded });
  const floor = baselineScore({ ...sequence, predicted: sequence.truth, truth: recorded });
  return { ...judged, recorded: { ...score, floor } };
}

function isSame(one: ArrayLike<number>, other: ArrayLike<number>): boolean {
  for (let t = 0; t < one.length; t++) if (one[t] !== other[t]) return false;
  return one.length === other.length;
}
