import type { RandomStream } from '../../sim/random/stream.ts';
import * as tf from '../tf.ts';
import type { Layer } from './layer.ts';

/**
 * Sets a share of the features to zero while training and scales the others up to make good for it (Srivastava et al.
 * 2014); passes everything on unchanged while driving.
 * @param rate share to drop, 0 ≤ rate < 1
 * @param mask each frame has one of its own, or all frames of a window the same
 */
export function dropout(
  name: string,
  inputShape: readonly number[],
  rate: number,
  mask: 'frame' | 'window' = 'frame',
): Layer {
  const features = inputShape.reduce((product, length) => product * length, 1);
  return {
    name,
    outputShape: inputShape,
    multiplyAdds: 0,
    apply(x, context) {
      if (!context.training || rate === 0) return x;
      if (context.random === undefined) throw new Error(`${name}: dropout needs a stream of random numbers to train`);
      const rowsPerMask = mask === 'window' ? (context.time ?? 1) : 1;
      const masks = x.shape[0]! / rowsPerMask;
      const factors = tf.tensor(maskNumbers(masks * features, rate, context.random), [masks, 1, features]);
      const grouped = tf.reshape(x, [masks, rowsPerMask, features]);
      return tf.reshape(tf.mul(grouped, factors), x.shape);
    },
  };
}

/** 0 with probability `rate`, else 1 / (1 − rate). */
export function maskNumbers(length: number, rate: number, random: RandomStream): Float32Array {
  const kept = 1 / (1 - rate);
  return Float32Array.from({ length }, () => (random.uniform() < rate ? 0 : kept));
}
