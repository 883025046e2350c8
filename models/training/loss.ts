import * as tf from '@tensorflow/tfjs-core';
import type { WindowBatch } from '../../datasets/windows/window-source.ts';
import { OUTPUT_NAMES, type OutputSpec } from '../zoo/spec.ts';
import type { TrainingOptions } from './options.ts';

/** What a batch's outputs are compared with, in the network's scaled units. */
export interface LossTargets {
  /** `[batch, time, 3]` */
  readonly targets: Float32Array;
  /** `[batch, time, 3]`: share of each number in the loss; 0 where there is no label. */
  readonly weights: Float32Array;
}

/**
 * Scaled targets and the weight of each: head weight / labels of the head in the batch, so that a head with few labels
 * counts as much as one with many.
 * @param mirrored windows whose angle and torque change sign
 */
export function lossTargets(
  batch: WindowBatch,
  outputs: readonly OutputSpec[],
  options: Pick<TrainingOptions, 'headWeights' | 'ignoreFirst'>,
  mirrored?: readonly boolean[],
): LossTargets {
  const heads = outputs.length;
  const targets = new Float32Array(batch.targets.length);
  const weights = new Float32Array(batch.targets.length);
  const ignored = Math.min(options.ignoreFirst, batch.time - 1);
  for (const [head, name] of OUTPUT_NAMES.entries()) {
    const { scale, offset } = outputs[head]!;
    const flips = name !== 'speed';
    let labels = 0;
    for (let row = 0; row < batch.batch * batch.time; row++) {
      const at = row * heads + head;
      if (batch.mask[at] !== 1 || row % batch.time < ignored) continue;
      const sign = flips && mirrored?.[Math.floor(row / batch.time)] === true ? -1 : 1;
      targets[at] = (sign * batch.targets[at]! - offset) / scale;
      weights[at] = 1;
      labels += 1;
    }
    const share = labels === 0 ? 0 : options.headWeights[name] / labels;
    for (let at = head; at < weights.length; at += heads) weights[at]! *= share;
  }
  return { targets, weights };
}

/**
 * Σ weight · ρ(output − target), with ρ(d) = d², |d|, or Huber's: d²/2 up to δ, then δ·(|d| − δ/2) (Huber 1964).
 * @param outputs `[batch, time, 3]`, scaled
 */
export function loss(
  outputs: tf.Tensor3D,
  { targets, weights }: LossTargets,
  { loss: kind, huberDelta }: Pick<TrainingOptions, 'loss' | 'huberDelta'>,
): tf.Scalar {
  const difference = tf.sub(outputs, tf.tensor(targets, outputs.shape));
  const share = tf.tensor(weights, outputs.shape);
  if (kind === 'mse') return tf.sum(tf.mul(share, tf.square(difference)));
  const distance = tf.abs(difference);
  if (kind === 'mae') return tf.sum(tf.mul(share, distance));
  // With q = min(|d|, δ), Huber's loss is q·(|d| − q/2) in both its parts.
  const near = tf.minimum(distance, huberDelta);
  return tf.sum(tf.mul(share, tf.mul(near, tf.sub(distance, tf.mul(near, 0.5)))));
}
