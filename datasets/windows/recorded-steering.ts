import type { Recording } from '../recording/recording.ts';
import { LABELS, labelsAt } from './labels.ts';
import { smoothingOf } from './smooth-steering.ts';
import type { WindowOptions } from './window-source.ts';

/**
 * The steering as it was recorded, where windows teach it smoothed.
 * @param recordings those that the windows are made of, in their order
 * @returns angles by the numbers that `WindowSource.sampleAt` gives [rad], NaN without label; undefined where no recording
 *   is smoothed
 */
export function recordedSteering(
  recordings: readonly Recording[],
  { smoothing = 0, labelShift = 0 }: Pick<WindowOptions, 'smoothing' | 'labelShift'>,
): Float32Array | undefined {
  if (recordings.every((recording) => smoothingOf(recording, smoothing) === 0)) return undefined;
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
