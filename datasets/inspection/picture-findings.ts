import { counted } from '../../sim/counted.ts';
import { storedIndex } from '../recording/edits.ts';
import type { Recording } from '../recording/recording.ts';
import { type About, type Add, percent } from './finding-rule.ts';

/** What is to be said about the frames. */
export function pictureFindings(about: About, { cuts }: Recording, add: Add): void {
  if (about.pictures.length === 0)
    add('error', 'no-camera', 'There are no images.', 'Nothing can learn to see from it.');
  for (const { camera, looked, dropped, broken, black, same, longestFrozen } of about.pictures) {
    if (dropped > 0) {
      const message = `Camera ${camera} has no frame in ${counted(dropped, 'sample')}.`;
      add('info', 'dropped-frames', message, 'Nothing to do: windows never contain them.');
    }
    if (broken.length > 0) {
      const message = `Camera ${camera}: ${counted(broken.length, 'frame')} cannot be decoded: ${broken[0]!.reason}.`;
      add('error', 'broken-frames', message, 'Replace them, or import with --skip-bad.');
    }
    if (black.length > 0) {
      const are = black.length === 1 ? 'is' : 'are';
      const message = `Camera ${camera}: ${black.length} of ${counted(looked, 'frame')} ${are} black or blank, the first at sample ${storedIndex(cuts, black[0]!)}.`;
      add(
        'warning',
        'black-frames',
        message,
        'Cut those samples out: `wheelhouse edit --cut`, or the player of the app.',
      );
    }
    if (longestFrozen.length >= 5) {
      const from = storedIndex(cuts, longestFrozen.start);
      const last = storedIndex(cuts, longestFrozen.start + longestFrozen.length - 1);
      const message = `Camera ${camera} stands still for ${longestFrozen.length} frames from sample ${from} on.`;
      const advice = `Cut them out, with \`wheelhouse edit --cut ${from}..${last}\` or in the player of the app: the labels go on while the image does not.`;
      add('warning', 'frozen', message, advice);
    } else if (same > 0.05 * looked) {
      const message = `Camera ${camera}: ${percent(same / looked)} of the frames repeat the one before.`;
      add('warning', 'duplicates', message, 'The samples are faster than the camera: train at the rate of the camera.');
    }
  }
}
