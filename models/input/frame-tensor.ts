import { channelsOf, type InputSpec } from '../spec.ts';
import * as tf from '../tf.ts';
import { type Augmentation, frameValues } from './frame-values.ts';

/**
 * Frames as a network wants them: colour space and normalisation of the spec, in float.
 * @param frames `[batch, time, height, width, 3]` RGB, 8 bit, at the input's size
 * @param augmentations one per window, or none
 * @returns `[batch, time, height, width, channel]`
 */
export function frameTensor(
  frames: Uint8Array,
  batch: number,
  time: number,
  input: InputSpec,
  augmentations?: readonly Augmentation[],
): tf.Tensor5D {
  const { height, width, colourSpace } = input;
  const values = frameValues(frames, batch, time, input, augmentations);
  return tf.tensor5d(values, [batch, time, height, width, channelsOf(colourSpace)]);
}
