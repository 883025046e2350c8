import { storedIndex } from '../recording/edits.ts';
import type { Recording } from '../recording/recording.ts';
import { type About, type Add, percent } from './finding-rule.ts';

/** What is to be said about the frames. */
export function pictureFindings(about: About, { cuts }: Recording, add: Add): void {
  if (about.pictures.length === 0)
    add('error', 'no-camera', 'There are no images.', 'Nothing can learn to see from it.');
  for (const { camera, looked, dropped, broken, black, same, longestFrozen } of about.pictures) {
    if (dropped > 0) {
      const message = `Camera ${camera} has no frame in ${dropped} samples.`;
      add('info', 'dropped-frames', message, 'Nothing to do: windows never contain them.');
    }
    if (broken.length > 0) {
      const message = `Camera ${camera}: ${broken.length} frames cannot be decoded: ${broken[0]!.reason}`;
      add('error', 'broken-frames', message, 'Replace them, or import with --skip-bad.');
    }
    if (black.length > 0) {
      const message = `Camera ${camera}: ${black.length} of ${looked} frames are black or blank, the first at sample ${storedIndex(cuts, black[0]!)}.`;
      add('warning', 'black-frames', message, 'Cut those samples out.');
    }
    if (longestFrozen.length >= 5) {
      const from = storedIndex(cuts, longestFrozen.start);
      const message = `Camera ${camera} stands still for ${longestFrozen.length} frames from sample ${from} on.`;
      add('warning', 'frozen', message, 'Cut them out: the labels go on while the image does not.');
    } else if (same > 0.05 * looked) {
      const message = `Camera ${camera}: ${percent(same / looked)} of the frames repeat the one before.`;
      add('warning', 'duplicates', message, 'The samples are faster than the camera: train at the rate of the camera.');
    }
  }
}

/** What is to be said about frames and labels together. */
export function agreementFindings({ agreement, timing }: About, add: Add): void {
  if (agreement === undefined || timing.samples === 0) return;
  const r = agreement.correlation.toFixed(2);
  if (agreement.verdict === 'unclear') {
    const message = `The images do not show whether the sign of the steering is right (correlation ${r}).`;
    add('info', 'sign-unclear', message, 'Look at the strip: does the road bend the way the wheel turns?');
  } else if (agreement.verdict === 'opposed') {
    const message = `The road bends against the wheel (correlation ${r}): the sign of the steering is wrong.`;
    add('error', 'sign', message, 'Left must be positive: turn the sign round when reading.');
  }
  if (agreement.verdict === 'unclear') return;
  const lag = agreement.lag;
  if (lag < -0.75 / timing.rate) {
    const message = `The labels come ${(-lag).toFixed(2)} s after the images that they belong to.`;
    add(
      'warning',
      'late-labels',
      message,
      `Train with a label shift of ${(-lag).toFixed(2)} s, after checking a few bends.`,
    );
  } else if (lag > 0.4) {
    const message = `The scene answers the wheel ${lag.toFixed(2)} s later.`;
    add('warning', 'late-images', message, `Check the clocks; a label shift of ${(-lag).toFixed(2)} s would undo it.`);
  }
}
