import type { WindowSource } from '../../datasets/windows/window-source.ts';
import { frameTensor } from '../input/frame-tensor.ts';
import type { Network } from '../network/network.ts';
import * as tf from '../tf.ts';
import { loss, lossTargets } from './loss.ts';
import type { TrainingOptions } from './options.ts';

/**
 * Mean loss over all windows of a source, without augmentation or dropout; NaN for an empty source.
 * @param pause awaited between batches, so that others get their turn
 */
export async function validationLoss(
  network: Network,
  source: WindowSource,
  options: TrainingOptions,
  pause: () => Promise<void>,
): Promise<number> {
  let sum = 0;
  for (let first = 0; first < source.length; first += options.batch) {
    const count = Math.min(options.batch, source.length - first);
    const batch = await source.load(Array.from({ length: count }, (_, i) => first + i));
    const value = tf.tidy(() => {
      const frames = frameTensor(batch.frames, batch.batch, batch.time, network.spec.input);
      const speed = tf.tensor2d(batch.speed, [batch.batch, batch.time]);
      const { outputs, logVariance } = network.apply(frames, { training: false, speed });
      return loss(outputs, lossTargets(batch, network.spec.outputs, options), options, {
        ...(logVariance && { logVariance }),
      });
    });
    sum += (await value.data())[0]! * count;
    value.dispose();
    await pause();
  }
  return sum / source.length;
}
