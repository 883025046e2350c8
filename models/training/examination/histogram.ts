import * as tf from '../../tf.ts';
import { PER_DECADE, type SignedBins, sideOf } from './bins.ts';

/**
 * Counts a tensor's numbers by bin, on the device; reads nothing back. What is not a finite number counts as the largest.
 * @returns `[bins]`
 */
export function histogram(values: tf.Tensor, bins: SignedBins): tf.Tensor1D {
  const side = sideOf(bins);
  return tf.tidy(() => {
    const x = tf.reshape(values, [-1]) as tf.Tensor1D;
    const decades = tf.mul(tf.log(tf.maximum(tf.abs(x), 1e-30)), 1 / Math.LN10);
    const steps = tf.add(tf.floor(tf.mul(tf.sub(decades, bins.lowest), PER_DECADE)), 1);
    const distance = tf.clipByValue(steps, 0, side);
    const sign = tf.sub(tf.mul(tf.cast(tf.greater(x, 0), 'float32'), 2), 1);
    const place = tf.add(tf.mul(sign, distance), side);
    const bin = tf.cast(tf.where(tf.isFinite(x), place, tf.fill(x.shape, 2 * side)), 'int32') as tf.Tensor1D;
    return tf.bincount(bin, tf.tensor1d([]), 2 * side + 1);
  });
}
