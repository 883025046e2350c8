import type { Recording } from '../recording/recording.ts';
import { LABELS, labelsAt } from './labels.ts';
import { JUDGED_SMOOTHING, smoothingOf } from './smooth-steering.ts';

/**
 * The steering as it was recorded, where models are judged by a smoothed one (`JUDGED_SMOOTHING`).
 * @param recordings those that the windows are made of, in their order
 * @param labelShift as in `WindowOptions` [s]
 * @returns angles by the numbers that `WindowSource.sampleAt` gives [rad], NaN without label; undefined where no recording
 *   is smoothed
 */
export function recordedSteering(recordings: readonly Recording[], labelShift: number): Float32Array | undefined {
  if (recordings.every((recording) => smoothingOf(recording, JUDGED_SMOOTHING) === 0)) return undefined;
  const first = new Int32Array(recordings.length);
  recordings.forEach(({ length }, i) => {
    if (i + 1 < first.length) first[i + 1] = first[i]! + length;
  });
  const { samples, targets, mask } = labelsAt(recordings, first, labelShift);
  return Float32Array.from({ length: samples }, (_, sample) => {
    const place = sample * LABELS.length;
    return mask[place] === 1 ? targets[place]! : Number.NaN;
  });
}
