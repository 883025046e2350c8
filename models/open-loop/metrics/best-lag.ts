import { rootMeanSquare } from '../../../sim/maths/signals.ts';
import { defineOpenLoopMetric, formatError } from './metric.ts';
import { errorsOf, type Sequence } from './sequence.ts';

/** Shift in time at which predictions fit best. */
export interface Lag {
  /** How late the predictions come, in frames and in seconds; negative when they come early. */
  readonly frames: number;
  readonly seconds: number;
  /** RMSE with the lag taken out. */
  readonly rmse: number;
  /** Share of the RMSE that goes with the lag, 0 to 1. */
  readonly gain: number;
}

/** Lags are sought up to this, both ways [s]. */
const LONGEST = 1;

/** The shift with the smallest RMSE; of equal ones the smallest. */
function lagOf(sequence: Sequence): Lag {
  const { truth, rate } = sequence;
  const unshifted = rootMeanSquare(errorsOf(sequence));
  let best = { frames: 0, rmse: unshifted };
  const longest = Math.round(LONGEST * rate);
  for (let distance = 1; distance <= longest; distance++) {
    for (const frames of [distance, -distance]) {
      const errors = errorsOf(sequence, frames);
      // A shift that leaves less than half of the frames says little.
      if (errors.length === 0 || errors.length < truth.length / 2) continue;
      const rmse = rootMeanSquare(errors);
      if (rmse < best.rmse) best = { frames, rmse };
    }
  }
  return { ...best, seconds: best.frames / rate, gain: unshifted === 0 ? 0 : 1 - best.rmse / unshifted };
}

export const bestLag = defineOpenLoopMetric({
  key: 'bestLag',
  name: 'best lag',
  unit: 's',
  formula: `shift of the predictions, within ${LONGEST} s both ways, with the smallest RMSE; half of the frames must remain`,
  source: 'seen in the published predictions of Udacity challenge 2: the winner comes 0.15 s late',
  explanation: 'Whether it answers late, as one that follows instead of seeing does, and how much of the RMSE that is',
  better: 'near 0',
  ofBaselines: false,
  of: lagOf,
  format({ seconds, frames }) {
    if (frames === 0) return 'none';
    return `${Math.abs(seconds * 1000).toFixed(0)} ms ${frames < 0 ? 'early' : 'late'}`;
  },
  remark: ({ frames, rmse, gain }) =>
    frames === 0 ? '' : `RMSE ${formatError(rmse)} with it taken out: ${(gain * 100).toFixed(1)} % less`,
});
