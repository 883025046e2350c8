import type { WindowBatch } from '../../datasets/windows/window-source.ts';
import type { RandomStream } from '../../sim/random/stream.ts';
import { frameTensor } from '../input/frame-tensor.ts';
import type { Augmentation } from '../input/frame-values.ts';
import type { Network } from '../network/network.ts';
import * as tf from '../tf.ts';
import { loss, lossTargets } from './loss.ts';
import type { Optimiser } from './optimiser.ts';
import type { TrainingOptions } from './options.ts';

/** Scalars left on the device by a step; whoever reads them disposes of them. */
export interface StepResult {
  readonly loss: tf.Scalar;
  /** Norm of all gradients together, before clipping. */
  readonly gradientNorm: tf.Scalar;
}

/** Variables that learn, by name. */
export function trainableOf(network: Network): Map<string, tf.Variable> {
  return new Map([...network.variables].filter(([, variable]) => variable.trainable));
}

/** What some trainings have beside the network. */
export interface StepSurroundings {
  /** Names of variables that stay as they are. */
  readonly frozen?: ReadonlySet<string>;
  /** Learned weights of the heads, and their name in the optimiser. */
  readonly headLogVariance?: { readonly name: string; readonly variable: tf.Variable };
  /** Memory from the windows before; the step disposes of it. */
  readonly state?: tf.Tensor[];
  /** Is shown the memory after these windows; must copy what it keeps. */
  readonly keepState?: (state: readonly tf.Tensor[]) => void;
}

/**
 * One training step: forward, backward, and the optimiser's move. Reads nothing back.
 * @param rate learning rate
 * @param random chance of the dropout layers
 */
export function trainingStep(
  network: Network,
  optimiser: Optimiser,
  batch: WindowBatch,
  options: TrainingOptions,
  rate: number,
  random: RandomStream,
  augmentations?: readonly Augmentation[],
  surroundings: StepSurroundings = {},
): StepResult {
  const { frozen, headLogVariance, state, keepState } = surroundings;
  const named = new Map([...trainableOf(network)].filter(([name]) => frozen?.has(name) !== true));
  if (headLogVariance !== undefined) named.set(headLogVariance.name, headLogVariance.variable);
  const mirrored = augmentations?.map((augmentation) => augmentation.mirror);
  const numbers = lossTargets(batch, network.spec.outputs, options, mirrored);
  const frames = frameTensor(batch.frames, batch.batch, batch.time, network.spec.input, augmentations);
  const speed = tf.tensor2d(batch.speed, [batch.batch, batch.time]);
  const { value, grads } = tf.variableGrads(() => {
    const truth = tf.tensor3d(numbers.targets, [batch.batch, batch.time, numbers.targets.length / speed.size]);
    const applied = network.apply(frames, { training: true, speed, truth, random, ...(state && { state }) });
    keepState?.(applied.state);
    return loss(applied.outputs, numbers, options, {
      ...(applied.logVariance && { logVariance: applied.logVariance }),
      ...(headLogVariance && { headLogVariance: headLogVariance.variable as never }),
    });
  }, [...named.values()]);
  tf.dispose([frames, speed, state ?? []]);
  const gradients = new Map<string, tf.Tensor>();
  for (const [name, variable] of named) {
    const gradient = grads[variable.name];
    if (gradient !== undefined && gradient !== null) gradients.set(name, gradient);
  }
  const gradientNorm = optimiser.apply(gradients, rate);
  tf.dispose(grads);
  return { loss: value, gradientNorm };
}
