import { type Augmenter, createAugmenter } from '../../datasets/augmentation/augment.ts';
import type { AugmentationOptions } from '../../datasets/augmentation/choice.ts';
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

/** The options of the changes that are made to frames before they become numbers. */
export type FrameChanges = Pick<
  TrainingOptions,
  'seed' | 'lateralShift' | 'rotation' | 'gamma' | 'shadow' | 'noise' | 'blur' | 'erase'
>;

/**
 * What shifts, turns, shades, disturbs, blurs and covers the frames of windows, as the options ask for; undefined when
 * they ask for none of it.
 * @param size of the frames
 * @param ground how they look at the ground
 */
export function createFrameChanger(
  size: ImageSize,
  ground: GroundView,
  { seed, lateralShift, gamma, ...plain }: FrameChanges,
): Augmenter | undefined {
  const { rotation, shadow, noise, blur, erase } = plain;
  if ([lateralShift, gamma, rotation, shadow, noise, blur, erase].every((amount) => amount === 0)) return undefined;
  const options: AugmentationOptions = {
    rotation,
    shadow,
    noise,
    blur,
    erase,
    gamma: [1 / (1 + gamma), 1 + gamma],
    ...(lateralShift > 0 && { lateralShift: { metres: lateralShift, ...ground } }),
  };
  return createAugmenter(size, options, createStream(seed, 'shift'));
}
