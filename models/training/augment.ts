import { type Augmenter, createAugmenter } from '../../datasets/augmentation/augment.ts';
import type { GroundView } from '../../datasets/augmentation/ground-view.ts';
import type { ImageSize } from '../../datasets/images/resize.ts';
import { createStream, type RandomStream } from '../../sim/random/stream.ts';
import type { Augmentation } from '../input/frame-values.ts';
import type { TrainingOptions } from './options.ts';

/**
 * Draws the changes of one window: mirrored or not; one gain for brightness and a smaller one per colour channel; and a
 * brightness offset. The numbers drawn do not depend on what is switched on.
 */
export function drawAugmentation(
  random: RandomStream,
  { mirror, jitter }: Pick<TrainingOptions, 'mirror' | 'jitter'>,
): Augmentation {
  const mirrored = random.uniform() < mirror;
  const brightness = 1 + random.uniform(-jitter, jitter);
  const channel = (): number => brightness * (1 + random.uniform(-jitter, jitter) / 2);
  const gain = [channel(), channel(), channel()] as const;
  const shift = random.uniform(-jitter, jitter) * 64;
  return { mirror: mirrored, gain, offset: [shift, shift, shift] };
}

/**
 * What shifts windows sideways, as the options ask for; undefined when they do not.
 * @param size of the frames
 * @param ground how they look at the ground
 */
export function createShifter(
  size: ImageSize,
  ground: GroundView,
  { lateralShift, seed }: Pick<TrainingOptions, 'lateralShift' | 'seed'>,
): Augmenter | undefined {
  if (lateralShift === 0) return undefined;
  return createAugmenter(size, { lateralShift: { metres: lateralShift, ...ground } }, createStream(seed, 'shift'));
}
