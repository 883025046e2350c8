import { rootMeanSquare } from '../../sim/maths/signals.ts';
import type { Recording } from '../recording/recording.ts';
import { JUDGED_SMOOTHING, smoothingOf, smoothSteering } from './smooth-steering.ts';

/**
 * How far the steering of recordings spreads: the standard deviation of all their angles, as models are judged by them [rad];
 * NaN without a label.
 */
export function steeringSpread(recordings: readonly Recording[]): number {
  const angles = recordings.flatMap((recording) => {
    const judged = smoothSteering(recording, smoothingOf(recording, JUDGED_SMOOTHING));
    return [...(judged.columns.steeringAngle ?? [])].filter((angle) => Number.isFinite(angle));
  });
  if (angles.length === 0) return Number.NaN;
  const mean = angles.reduce((sum, angle) => sum + angle, 0) / angles.length;
  return rootMeanSquare(angles.map((angle) => angle - mean));
}
