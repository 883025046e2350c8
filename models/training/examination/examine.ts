import type { WindowBatch } from '../../../datasets/windows/window-source.ts';
import { frameTensor } from '../../input/frame-tensor.ts';
import type { Network } from '../../network/network.ts';
import * as tf from '../../tf.ts';
import { loss, lossTargets } from '../loss.ts';
import type { TrainingOptions } from '../options.ts';
import { trainableOf } from '../step.ts';
import { ACTIVATION_BINS, GRADIENT_BINS } from './bins.ts';
import type { Examination, LayerActivity, VariableActivity } from './examination.ts';
import { histogram } from './histogram.ts';

/**
 * Looks into a network while it works on a batch: one pass forward and backward, as in driving (no dropout). Changes
 * nothing. All of it is computed before this returns; only the reading back is waited for.
 */
export async function examine(
  network: Network,
  batch: WindowBatch,
  options: TrainingOptions,
  at: Pick<Examination, 'epoch' | 'step' | 'learningRate'>,
): Promise<Examination> {
  const numbers = lossTargets(batch, network.spec.outputs, options);
  const variables = trainableOf(network);
  const probed: [layer: string, activity: tf.Tensor, counts: tf.Tensor][] = [];
  let spreads: tf.Tensor | undefined;
  const frames = frameTensor(batch.frames, batch.batch, batch.time, network.spec.input);
  const speed = tf.tensor2d(batch.speed, [batch.batch, batch.time]);
  const { value, grads } = tf.variableGrads(() => {
    const probe = (layer: string, output: tf.Tensor): void => {
      probed.push([layer, tf.keep(activityOf(output)), tf.keep(histogram(output, ACTIVATION_BINS))]);
    };
    const { outputs, logVariance } = network.apply(frames, { training: false, speed, probe });
    spreads = tf.keep(tf.moments(outputs, [0, 1]).variance);
    return loss(outputs, numbers, options, logVariance && { logVariance });
  }, [...variables.values()]);
  const moving = [...variables].map(([name, variable]): [string, norms: tf.Tensor, counts: tf.Tensor] => {
    const gradient = grads[variable.name]!;
    const norms = tf.tidy(() => tf.stack([tf.norm(gradient), tf.norm(variable)]));
    return [name, norms, histogram(gradient, GRADIENT_BINS)];
  });
  tf.dispose([frames, speed, value, grads]);
  const layers: LayerActivity[] = [];
  for (const [layer, activity, counts] of probed) {
    const [rms, dead, variation] = await activity.data();
    layers.push({ layer, rms: rms!, dead: dead!, variation: variation!, histogram: [...(await counts.data())] });
  }
  const moved: VariableActivity[] = [];
  for (const [variable, norms, counts] of moving) {
    const [gradientNorm, weightNorm] = await norms.data();
    moved.push({
      variable,
      gradientNorm: gradientNorm!,
      weightNorm: weightNorm!,
      histogram: [...(await counts.data())],
    });
  }
  const variances = await spreads!.data();
  tf.dispose([spreads!, ...[...probed, ...moving].flatMap(([, numbers, counts]) => [numbers, counts])]);
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
