import type { Segment } from '../recording/segments.ts';
import { correlation } from './column-statistics.ts';
import { movingMean } from './moving-mean.ts';

/** How the steering label and the motion of the scene go together. */
export interface LabelAgreement {
  /** Correlation of the steering angle (left positive) with the scene's motion (right positive) at the best lag. */
  readonly correlation: number;
  /** How much later than the label the scene moves [s]; negative when the images come before their labels. */
  readonly lag: number;
  /**
   * How sharp the peak is that the lag is read from: by how much the correlation is less at `ASIDE` to either side, on the
   * side where it falls less. Near 0 the correlation is flat, and the lag says nothing.
   */
  readonly sharpness: number;
  /** Pairs behind the correlation. */
  readonly pairs: number;
  /** `agrees`: the scene goes right when the wheel turns left; `opposed`: the other way round. */
  readonly verdict: 'agrees' | 'opposed' | 'unclear';
}

/** What the label is compared with. */
export interface SteeringAndMotion {
  /** Steering-wheel angle of each sample [rad]; NaN where it is missing. */
  readonly steering: Float64Array;
  /** By band: the scene's sideways motion from each sample's frame to the next; NaN where it is unknown. */
  readonly motion: readonly Float64Array[];
  /** Runs of samples without a gap. */
  readonly segments: readonly Segment[];
  /** [Hz] */
  readonly rate: number;
  /** Speed of each sample [m/s], where it is known. */
  readonly speed?: Float64Array | undefined;
}

/**
 * Wheel and motion are averaged over this [s] before they are compared: jolts of a real camera, and a hand that trembles,
 * are quicker than any bend.
 */
const SMOOTHING = 0.4;
/** Lags that are looked at, to either side [s]. */
const LARGEST_LAG = 1;
/** Distance from the peak at which it is said how sharp it is [s]. */
export const ASIDE = 0.5;
/** A lag counts where the correlation falls at least by this to both sides. */
const SHARP = 0.15;
const CLEAR = 0.45;
const ENOUGH = 100;
/** Where another lag shows the other sign nearly as well as this share of the best, neither is believed. */
const RIVAL = 0.8;
/** A correlation that chance makes once in about a hundred times, in standard deviations. */
const BEYOND_CHANCE = 2.5;
/** Below this a car stands, and its scene with it [m/s]. */
const STANDING = 0.5;

/** Whether the lag can be believed: the correlation has a peak there, and is not the same all around. */
export function hasSharpPeak({ verdict, sharpness }: LabelAgreement): boolean {
  return verdict !== 'unclear' && sharpness >= SHARP;
}

/** Compares how the wheel turns with how the scene moves, at all lags up to a second. */
export function labelAgreement({ steering, motion, segments, rate, speed }: SteeringAndMotion): LabelAgreement {
  const width = SMOOTHING * rate;
  const reach = Math.max(1, Math.round(LARGEST_LAG * rate));
  const aside = Math.max(1, Math.round(ASIDE * rate));
  const wheel = apart(movingMean(moving(steering, speed), width, segments), segments, reach + aside);
  const bands = motion.map((band) => apart(movingMean(band, width, segments), segments, reach + aside));
  let best: Peak = { r: 0, pairs: 0, lag: 0, band: 0 };
  bands.forEach((band, index) => {
    for (let lag = -reach; lag <= reach; lag++) {
      const { r, pairs } = correlationAt(band, wheel, lag);
      if (pairs >= ENOUGH && Math.abs(r) > Math.abs(best.r)) best = { r, pairs, lag, band: index };
    }
  });
  if (best.pairs === 0) {
    return { correlation: 0, lag: Number.NaN, sharpness: Number.NaN, pairs: 0, verdict: 'unclear' };
  }
  const band = bands[best.band]!;
  const at = (lag: number) => correlationAt(band, wheel, lag).r;
  const sign = Math.sign(best.r);
  return {
    correlation: best.r,
    // Motion from one frame to the next belongs to the middle between them.
    lag: (best.lag + vertex(at(best.lag - 1), best.r, at(best.lag + 1)) + 0.5) / rate,
    sharpness: sign * (best.r - sign * Math.max(sign * at(best.lag - aside), sign * at(best.lag + aside))),
    pairs: best.pairs,
    verdict: isClear(best, band, wheel, reach) ? (best.r > 0 ? 'agrees' : 'opposed') : 'unclear',
  };
}

interface Peak {
  readonly r: number;
  readonly pairs: number;
  readonly lag: number;
  readonly band: number;
}

/** Steering where the car moves. */
function moving(steering: Float64Array, speed: Float64Array | undefined): Float64Array {
  if (speed === undefined) return steering;
  return steering.map((angle, i) => (Math.abs(speed[i]!) < STANDING ? Number.NaN : angle));
}

/** Runs of samples with so many missing values between them that no lag pairs one run with another. */
function apart(values: Float64Array, segments: readonly Segment[], distance: number): Float64Array {
  const length = segments.reduce((sum, { start, end }) => sum + end - start + distance, 0);
  const spread = new Float64Array(length).fill(Number.NaN);
  let at = 0;
  for (const { start, end } of segments) {
    spread.set(values.subarray(start, end), at);
    at += end - start + distance;
  }
  return spread;
}

function correlationAt(band: Float64Array, wheel: Float64Array, lag: number): { r: number; pairs: number } {
  if (Math.abs(lag) >= wheel.length) return { r: Number.NaN, pairs: 0 };
  return lag >= 0
    ? correlation(band.subarray(lag), wheel.subarray(0, wheel.length - lag))
    : correlation(band.subarray(0, band.length + lag), wheel.subarray(-lag));
}

/** Where between -0.5 and 0.5 the parabola through three neighbours has its vertex. */
function vertex(left: number, middle: number, right: number): number {
  const bend = left - 2 * middle + right;
  if (bend === 0 || !Number.isFinite(bend)) return 0;
  return Math.max(-0.5, Math.min(0.5, (left - right) / (2 * bend)));
}

/** Whether the peak is high, more than chance makes of so short a drive, and without a rival of the other sign. */
function isClear({ r, pairs }: Peak, band: Float64Array, wheel: Float64Array, reach: number): boolean {
  if (Math.abs(r) < CLEAR) return false;
  if (Math.abs(r) < BEYOND_CHANCE / Math.sqrt(independentPairs(band, wheel, pairs))) return false;
  for (let lag = -reach; lag <= reach; lag++) {
    const other = correlationAt(band, wheel, lag).r;
    if (other * r < 0 && Math.abs(other) > RIVAL * Math.abs(r)) return false;
  }
  return true;
}

/**
 * How many independent pairs are worth as much as those of two series whose values follow from their neighbours: of n,
 * n / (1 + 2 sum of a(k) b(k)), with their correlations a, b over k samples, as far as both are alike (Bartlett, J. R.
 * Stat. Soc. 98, 1935).
 */
function independentPairs(band: Float64Array, wheel: Float64Array, pairs: number): number {
  let sum = 0;
  for (let k = 1; k < Math.min(band.length, wheel.length) - 2; k++) {
    const alike = selfCorrelation(band, k) * selfCorrelation(wheel, k);
    if (!(alike > 0.01)) break;
    sum += alike;
  }
  return pairs / (1 + 2 * sum);
}

function selfCorrelation(values: Float64Array, distance: number): number {
  return correlation(values.subarray(distance), values.subarray(0, -distance)).r;
}
