import { Refusal } from '../../../sim/refusal.ts';
import type { AngleColumn } from './read-angles.ts';

/** Predictions and truth of the same frames, in the truth's order. */
export interface AnglePairs {
  readonly predicted: Float64Array;
  readonly truth: Float64Array;
}

/**
 * Brings predictions and truth together: by the frame's name where both files have one, else row by row.
 * @throws Refusal when a frame has no prediction, or two
 */
export function pairAngles(predictions: AngleColumn, truth: AngleColumn): AnglePairs {
  if (predictions.frameIds === null || truth.frameIds === null) {
    if (predictions.angles.length !== truth.angles.length) {
      const counts = `has ${predictions.angles.length} rows, and ${truth.path} has ${truth.angles.length}`;
      throw new Refusal(
        'unequal-lengths',
        predictions.path,
        counts,
        'give both files a frame_id column, or equal rows',
      );
    }
    return { predicted: predictions.angles, truth: truth.angles };
  }
  const byId = new Map<string, number>();
  predictions.frameIds.forEach((id, i) => {
    const where = `${predictions.path} line ${predictions.lines[i]}`;
    if (byId.has(id)) throw new Refusal('double-frame', where, `frame ${id} is there twice`, 'keep one of the two');
    byId.set(id, predictions.angles[i]!);
  });
  const predicted = Float64Array.from(truth.frameIds, (id, i) => {
    const angle = byId.get(id);
    if (angle !== undefined) return angle;
    const what = `has no prediction for frame ${id} (${truth.path} line ${truth.lines[i]})`;
    throw new Refusal('missing-frame', predictions.path, what, 'predict an angle for every frame of the truth');
  });
  return { predicted, truth: truth.angles };
}

/** Digits of a Unix time in this century, and its units a second. */
const UNIX_TIMES: readonly (readonly [RegExp, number])[] = [
  [/^1\d{18}$/, 1e9],
  [/^1\d{15}$/, 1e6],
  [/^1\d{12}$/, 1e3],
];

/**
 * The frame rate, where the names of the frames are Unix times [Hz], rounded to a tenth; null where they are not. The
 * median makes it blind to gaps.
 */
export function rateOf(frameIds: readonly string[] | null): number | null {
  if (frameIds === null || frameIds.length < 2) return null;
  const unit = UNIX_TIMES.find(([digits]) => frameIds.every((id) => digits.test(id)))?.[1];
  if (unit === undefined) return null;
  const steps = frameIds.slice(1).map((id, i) => Number(BigInt(id) - BigInt(frameIds[i]!)) / unit);
  steps.sort((a, b) => a - b);
  const median = steps[Math.floor(steps.length / 2)]!;
  return median > 0 ? Math.round(10 / median) / 10 : null;
}
