import type { WindowBatch } from '../../datasets/windows/window-source.ts';
import { OUTPUT_NAMES, type OutputSpec } from '../spec.ts';
import * as tf from '../tf.ts';
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

/** What some losses need besides the outputs. */
export interface LossExtras {
  /** Predicted ln σ², `[batch, time, 3]`, for `gaussian`. */
  readonly logVariance?: tf.Tensor3D;
  /** Learned ln σ² of each head, `[3]`. */
  readonly headLogVariance?: tf.Tensor1D;
}

/** Predicted variances stay within e^±this of 1, in scaled units: beyond, one window would decide a whole step. */
const VARIANCE_LIMIT = 10;

/**
 * Σ weight · ρ(output − target), with ρ(d) = d², |d|, or Huber's: d²/2 up to δ, then δ·(|d| − δ/2) (Huber 1964); or, with
 * a predicted variance, ρ = (d²/σ² + ln σ²)/2, the negative log-likelihood but for a constant (Nix & Weigend 1994).
 *
 * With learned head weights, head k counts e^(−s) times its loss plus s times its weight, s being learned (Kendall, Gal &
 * Cipolla 2018).
 * @param outputs `[batch, time, 3]`, scaled
 * @throws Error for `gaussian` without a predicted variance
 */
export function loss(
  outputs: tf.Tensor3D,
  { targets, weights }: LossTargets,
  options: Pick<TrainingOptions, 'loss' | 'huberDelta'>,
  extras: LossExtras = {},
): tf.Scalar {
  const difference = tf.sub(outputs, tf.tensor(targets, outputs.shape));
  const share = tf.tensor(weights, outputs.shape);
  const weighted = tf.mul(share, penalty(difference, options, extras.logVariance));
  const { headLogVariance } = extras;
  if (headLogVariance === undefined) return tf.sum(weighted);
  const ofHeads = tf.sum(weighted, [0, 1]);
  const presence = tf.sum(share, [0, 1]);
  return tf.sum(
    tf.add(tf.mul(tf.exp(tf.neg(headLogVariance)), ofHeads), tf.mul(tf.mul(presence, headLogVariance), 0.5)),
  );
}

/**
 * The loss of each head by itself, `[3]`: the mean over its labels where `targets` weighs all heads alike.
 * @param outputs `[batch, time, 3]`, scaled
 * @param logVariance predicted ln σ², `[batch, time, 3]`, for `gaussian`
 */
export function headLosses(
  outputs: tf.Tensor3D,
  { targets, weights }: LossTargets,
  options: Pick<TrainingOptions, 'loss' | 'huberDelta'>,
  logVariance?: tf.Tensor3D,
): tf.Tensor1D {
  const difference = tf.sub(outputs, tf.tensor(targets, outputs.shape));
  const share = tf.tensor(weights, outputs.shape);
  return tf.sum(tf.mul(share, penalty(difference, options, logVariance)), [0, 1]);
}

function penalty(
  difference: tf.Tensor,
  { loss: kind, huberDelta }: Pick<TrainingOptions, 'loss' | 'huberDelta'>,
  logVariance: tf.Tensor | undefined,
): tf.Tensor {
  if (kind === 'gaussian') {
    if (logVariance === undefined) throw new Error('a gaussian loss needs a predicted variance');
    const s = tf.clipByValue(logVariance, -VARIANCE_LIMIT, VARIANCE_LIMIT);
    return tf.mul(0.5, tf.add(tf.mul(tf.square(difference), tf.exp(tf.neg(s))), s));
  }
  if (kind === 'mse') return tf.square(difference);
  const distance = tf.abs(difference);
  if (kind === 'mae') return distance;
  // With q = min(|d|, δ), Huber's loss is q·(|d| − q/2) in both its parts.
  const near = tf.minimum(distance, huberDelta);
  return tf.mul(near, tf.sub(distance, tf.mul(near, 0.5)));
}
