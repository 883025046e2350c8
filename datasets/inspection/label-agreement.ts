import { correlation } from './column-statistics.ts';

/** How the steering label and the motion of the scene go together. */
export interface LabelAgreement {
  /** Correlation of the steering angle (left positive) with the scene's motion (right positive) at the best lag. */
  readonly correlation: number;
  /** How much later than the label the scene moves [s]; negative when the images come before their labels. */
  readonly lag: number;
  /** Pairs behind the correlation. */
  readonly pairs: number;
  /** `agrees`: the scene goes right when the wheel turns left; `opposed`: the other way round. */
  readonly verdict: 'agrees' | 'opposed' | 'unclear';
}

/** Lags that are looked at, to either side [s]. */
const LARGEST_LAG = 1;
const CLEAR = 0.45;
const ENOUGH = 100;

/**
 * @param steering steering-wheel angle of each sample [rad]
 * @param motion by band: the scene's sideways motion from each sample's frame to the next
 * @param rate [Hz]
 */
export function labelAgreement(steering: Float64Array, motion: readonly Float64Array[], rate: number): LabelAgreement {
  const reach = Math.max(1, Math.round(LARGEST_LAG * rate));
  let best = { r: 0, pairs: 0, lag: 0, band: 0 };
  const at = (band: Float64Array, lag: number) =>
    lag >= 0
      ? correlation(band.subarray(lag), steering.subarray(0, steering.length - lag))
      : correlation(band.subarray(0, band.length + lag), steering.subarray(-lag));
  motion.forEach((band, index) => {
    for (let lag = -reach; lag <= reach; lag++) {
      if (Math.abs(lag) >= steering.length - 2) continue;
      const { r, pairs } = at(band, lag);
      if (pairs >= ENOUGH && Math.abs(r) > Math.abs(best.r)) best = { r, pairs, lag, band: index };
    }
  });
  const clear = Math.abs(best.r) >= CLEAR;
  const [left, right] = [best.lag - 1, best.lag + 1].map((lag) =>
    Math.abs(lag) <= reach && Math.abs(lag) < steering.length - 2 ? at(motion[best.band]!, lag).r : Number.NaN,
  );
  const bend = left! - 2 * best.r + right!;
  const fine = bend !== 0 && Number.isFinite(bend) ? Math.max(-0.5, Math.min(0.5, (left! - right!) / (2 * bend))) : 0;
  return {
    correlation: best.r,
    // Motion from one frame to the next belongs to the middle between them.
    lag: best.pairs === 0 ? Number.NaN : (best.lag + fine + 0.5) / rate,
    pairs: best.pairs,
    verdict: clear ? (best.r > 0 ? 'agrees' : 'opposed') : 'unclear',
  };
}
