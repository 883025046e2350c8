import * as tf from '@tensorflow/tfjs-core';
import type { WindowBatch } from '../../datasets/windows/window-source.ts';
import { frameTensor } from '../input/frame-tensor.ts';
import { loss, lossTargets } from '../training/loss.ts';
import type { TrainingOptions } from '../training/options.ts';
import { trainableOf } from '../training/step.ts';
import type { Network } from '../zoo/network.ts';

/** What goes through a layer. */
export interface LayerActivity {
  readonly layer: string;
  /** Root of the mean square of its outputs. */
  readonly rms: number;
  /** Share of its units that are 0 for every frame of the batch. */
  readonly dead: number;
  /** Root of the mean, over its units, of their variance over frames, relative to `rms`: 0 when nothing changes. */
  readonly variation: number;
}

/** What moves a variable. */
export interface VariableActivity {
  readonly variable: string;
  readonly gradientNorm: number;
  readonly weightNorm: number;
}

/** All layers and variables at one step. */
export interface Examination {
  /** Counted from 1. */
  readonly epoch: number;
  readonly step: number;
  readonly learningRate: number;
  readonly layers: readonly LayerActivity[];
  readonly variables: readonly VariableActivity[];
  /** Variation of each output over the batch, in scaled units, and that of its labels; NaN without labels. */
  readonly outputs: readonly { readonly spread: number; readonly labelSpread: number }[];
}

/**
 * Looks into a network while it works on a batch: one pass forward and backward, as in driving (no dropout). Changes
 * nothing.
 */
export async function examine(
  network: Network,
  batch: WindowBatch,
  options: TrainingOptions,
  at: Pick<Examination, 'epoch' | 'step' | 'learningRate'>,
): Promise<Examination> {
  const numbers = lossTargets(batch, network.spec.outputs, options);
  const variables = trainableOf(network);
  const probed: [string, tf.Tensor1D][] = [];
  let spreads: tf.Tensor | undefined;
  const frames = frameTensor(batch.frames, batch.batch, batch.time, network.spec.input);
  const speed = tf.tensor2d(batch.speed, [batch.batch, batch.time]);
  const { value, grads } = tf.variableGrads(() => {
    const probe = (layer: string, output: tf.Tensor): void => {
      probed.push([layer, tf.keep(activityOf(output))]);
    };
    const { outputs, logVariance } = network.apply(frames, { training: false, speed, probe });
    spreads = tf.keep(tf.moments(outputs, [0, 1]).variance);
    return loss(outputs, numbers, options, logVariance && { logVariance });
  }, [...variables.values()]);
  const norms = [...variables].map(([name, variable]) => {
    const gradient = grads[variable.name]!;
    return [name, tf.tidy(() => tf.stack([tf.norm(gradient), tf.norm(variable)]))] as const;
  });
  tf.dispose([frames, speed, value, grads]);
  const layers: LayerActivity[] = [];
  for (const [layer, tensor] of probed) {
    const [rms, dead, variation] = await tensor.data();
    layers.push({ layer, rms: rms!, dead: dead!, variation: variation! });
  }
  const moved: VariableActivity[] = [];
  for (const [variable, tensor] of norms) {
    const [gradientNorm, weightNorm] = await tensor.data();
    moved.push({ variable, gradientNorm: gradientNorm!, weightNorm: weightNorm! });
  }
  const variances = await spreads!.data();
  tf.dispose([spreads!, ...probed.map(([, tensor]) => tensor), ...norms.map(([, tensor]) => tensor)]);
  const outputs = network.spec.outputs.map((_, head) => ({
    spread: Math.sqrt(variances[head]!),
    labelSpread: spreadOfLabels(numbers.targets, numbers.weights, head, network.spec.outputs.length),
  }));
  return { ...at, layers, variables: moved, outputs };
}

/** `[rms, share of dead units, variation]` of an output `[rows, …, units]`; a unit is one channel at all places. */
function activityOf(output: tf.Tensor): tf.Tensor1D {
  return tf.tidy(() => {
    const units = output.shape.at(-1)!;
    const rows = tf.reshape(output, [-1, units]);
    const rms = tf.sqrt(tf.mean(tf.square(rows)));
    const dead = tf.mean(tf.cast(tf.equal(tf.max(tf.abs(rows), 0), 0), 'float32'));
    // A picture's places differ even when all frames are the same: what counts is one place over the frames.
    const flat = tf.reshape(output, [output.shape[0]!, -1]);
    const variance = tf.mean(tf.moments(flat, 0).variance);
    return tf.stack([rms, dead, tf.div(tf.sqrt(variance), tf.maximum(rms, 1e-20))]) as tf.Tensor1D;
  });
}

function spreadOfLabels(targets: Float32Array, weights: Float32Array, head: number, heads: number): number {
  const values: number[] = [];
  for (let at = head; at < targets.length; at += heads) if (weights[at]! > 0) values.push(targets[at]!);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
