import { rootMeanSquare, whiteness } from '../../sim/maths/signals.ts';

/** Error of one sequence of predictions, in the unit of the angles. */
export interface AngleError {
  readonly rmse: number;
  readonly mae: number;
}

export interface OpenLoopScore extends AngleError {
  /** Frames that were compared. */
  readonly frames: number;
  /** Samples a second [Hz]. */
  readonly rate: number;
  /** Mean over bins of the true |angle| of the MAE in each, so that straight frames cannot dominate. */
  readonly balancedMae: number;
  /** Restlessness of the predictions and of the truth [deg/s], and the one over the other (null over 0). */
  readonly whiteness: number;
  readonly truthWhiteness: number;
  readonly whitenessRatio: number | null;
  /** Shift at which the predictions fit best. */
  readonly bestLag: LagScore;
  /** What predictors score that have seen no image at all. */
  readonly baselines: {
    readonly zero: AngleError;
    /** The mean of the truth itself, which no predictor could know. */
    readonly mean: AngleError;
    /** Repeats the truth of `REPEAT_AGE` ago; null when the sequence is not longer than that. */
    readonly repeat: AngleError | null;
  };
}

export interface LagScore {
  /** How late the predictions come, in frames and in seconds; negative when they come early. */
  readonly frames: number;
  readonly seconds: number;
  /** RMSE with the lag taken out. */
  readonly rmse: number;
  /** Share of the RMSE that goes with the lag, 0 to 1. */
  readonly gain: number;
}

/** Age of the truth that the third baseline repeats [s]. */
export const REPEAT_AGE = 0.25;
/** Lags are sought up to this, both ways [s]. */
export const LONGEST_LAG = 1;
/** Width of a bin of the balanced MAE [rad]. */
export const BALANCE_BIN = 0.1;

/**
 * Scores predicted steering angles against the recorded ones.
 * @param predicted angles [rad], one a frame
 * @param truth angles [rad], as many
 * @param rate frames a second [Hz]
 * @throws RangeError when the lengths differ or nothing is there
 */
export function openLoopScore(predicted: ArrayLike<number>, truth: ArrayLike<number>, rate: number): OpenLoopScore {
  if (predicted.length !== truth.length || truth.length === 0) {
    throw new RangeError(`${predicted.length} predictions cannot be compared with ${truth.length} true angles`);
  }
  const restlessness = whiteness(Array.from(predicted), rate);
  const truthRestlessness = whiteness(Array.from(truth), rate);
  const mean = meanOf(truth);
  const age = Math.round(REPEAT_AGE * rate);
  return {
    frames: truth.length,
    rate,
    ...angleError(predicted, truth),
    balancedMae: balancedMae(predicted, truth),
    whiteness: restlessness,
    truthWhiteness: truthRestlessness,
    whitenessRatio: truthRestlessness === 0 ? null : restlessness / truthRestlessness,
    bestLag: bestLag(predicted, truth, rate),
    baselines: {
      zero: angleError(new Float64Array(truth.length), truth),
      mean: angleError(new Float64Array(truth.length).fill(mean), truth),
      repeat: age < truth.length ? angleError(truth, truth, -age) : null,
    },
  };
}

/**
 * RMSE and MAE of `predicted[t + shift]` against `truth[t]`, over the frames where both exist.
 * @throws RangeError when there are none
 */
export function angleError(predicted: ArrayLike<number>, truth: ArrayLike<number>, shift = 0): AngleError {
  const errors: number[] = [];
  const end = Math.min(truth.length, predicted.length - shift);
  for (let t = Math.max(0, -shift); t < end; t++) errors.push(predicted[t + shift]! - truth[t]!);
  if (errors.length === 0) throw new RangeError(`nothing is left to compare after a shift by ${shift} frames`);
  return { rmse: rootMeanSquare(errors), mae: meanOf(errors.map(Math.abs)) };
}

/** Mean over the bins of |truth| that are not empty of the mean |error| in each bin. */
export function balancedMae(predicted: ArrayLike<number>, truth: ArrayLike<number>, binWidth = BALANCE_BIN): number {
  const bins = new Map<number, { sum: number; count: number }>();
  for (let t = 0; t < truth.length; t++) {
    const key = Math.floor(Math.abs(truth[t]!) / binWidth);
    const bin = bins.get(key) ?? { sum: 0, count: 0 };
    bin.sum += Math.abs(predicted[t]! - truth[t]!);
    bin.count++;
    bins.set(key, bin);
  }
  return meanOf([...bins.values()].map((bin) => bin.sum / bin.count));
}

/** The shift of the predictions with the smallest RMSE; of equal ones the smallest shift. */
export function bestLag(predicted: ArrayLike<number>, truth: ArrayLike<number>, rate: number): LagScore {
  const unshifted = angleError(predicted, truth).rmse;
  let best = { frames: 0, rmse: unshifted };
  // A shift that leaves less than half of the frames says little.
  const longest = Math.min(Math.round(LONGEST_LAG * rate), Math.floor(truth.length / 2));
  for (let distance = 1; distance <= longest; distance++) {
    for (const frames of [distance, -distance]) {
      const { rmse } = angleError(predicted, truth, frames);
      if (rmse < best.rmse) best = { frames, rmse };
    }
  }
  return { ...best, seconds: best.frames / rate, gain: unshifted === 0 ? 0 : 1 - best.rmse / unshifted };
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}
