import * as tf from '../tf.ts';
import { ones, zeros } from './initialisers.ts';
import type { Layer } from './layer.ts';
import type { VariableStore } from './variable-store.ts';

const EPSILON = 1e-5;

/** Layer normalisation over the last axis (Ba et al. 2016): the same in training and in driving. */
export function layerNormalisation(store: VariableStore, name: string, inputShape: readonly number[]): Layer {
  const features = inputShape.at(-1)!;
  const scale = store.create(`${name}/scale`, [features], ones);
  const offset = store.create(`${name}/offset`, [features], zeros);
  return {
    name,
    outputShape: inputShape,
    multiplyAdds: 0,
    apply(x, context) {
      const { mean, variance } = tf.moments(x, -1, true);
      const y = tf.add(tf.mul(tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, EPSILON))), scale), offset);
      context.probe?.(name, y);
      return y;
    },
  };
}

/**
 * Batch normalisation over all but the last axis (Ioffe & Szegedy 2015): with the batch's own mean and variance while
 * training, which it also remembers as running averages; with the remembered ones while driving.
 * @param momentum share of the old running average that is kept at each training step
 */
export function batchNormalisation(
  store: VariableStore,
  name: string,
  inputShape: readonly number[],
  momentum = 0.95,
): Layer {
  const features = inputShape.at(-1)!;
  const scale = store.create(`${name}/scale`, [features], ones);
  const offset = store.create(`${name}/offset`, [features], zeros);
  const runningMean = store.create(`${name}/running-mean`, [features], zeros, false);
  const runningVariance = store.create(`${name}/running-variance`, [features], ones, false);
  return {
    name,
    outputShape: inputShape,
    multiplyAdds: 0,
    apply(x, context) {
      let mean: tf.Tensor = runningMean;
      let variance: tf.Tensor = runningVariance;
      if (context.training) {
        const axes = Array.from({ length: x.rank - 1 }, (_, axis) => axis);
        ({ mean, variance } = tf.moments(x, axes));
        follow(runningMean, mean, momentum);
        follow(runningVariance, variance, momentum);
      }
      const y = tf.add(tf.mul(tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, EPSILON))), scale), offset);
      context.probe?.(name, y);
      return y;
    },
  };
}

function follow(running: tf.Variable, now: tf.Tensor, momentum: number): void {
  running.assign(tf.tidy(() => tf.add(tf.mul(running, momentum), tf.mul(now, 1 - momentum))));
}
