import * as tf from '@tensorflow/tfjs-core';
import type { RandomStream } from '../../sim/random/stream.ts';
import type { Layer } from './layer.ts';

/**
 * Sets a share of the features to zero while training and scales the others up to make good for it (Srivastava et al.
 * 2014); passes everything on unchanged while driving.
 * @param rate share to drop, 0 ≤ rate < 1
 * @param rowsPerMask rows that share a mask; with time folded into the rows, T gives one mask to all frames of a window
 */
export function dropout(name: string, inputShape: readonly number[], rate: number, rowsPerMask = 1): Layer {
  const features = inputShape.reduce((product, length) => product * length, 1);
  return {
    name,
    outputShape: inputShape,
    multiplyAdds: 0,
    apply(x, context) {
      if (!context.training || rate === 0) return x;
      if (context.random === undefined) throw new Error(`${name}: dropout needs a stream of random numbers to train`);
      const masks = x.shape[0]! / rowsPerMask;
      const mask = tf.tensor(maskNumbers(masks * features, rate, context.random), [masks, 1, features]);
      const grouped = tf.reshape(x, [masks, rowsPerMask, features]);
      return tf.reshape(tf.mul(grouped, mask), x.shape);
    },
  };
}

/** 0 with probability `rate`, else 1 / (1 − rate). */
export function maskNumbers(length: number, rate: number, random: RandomStream): Float32Array {
  const kept = 1 / (1 - rate);
  return Float32Array.from({ length }, () => (random.uniform() < rate ? 0 : kept));
}
