import type { WindowSource } from '../../datasets/windows/window-source.ts';
import { frameTensor } from '../input/frame-tensor.ts';
import type { Network } from '../network/network.ts';
import * as tf from '../tf.ts';
import { loss, lossTargets } from '../training/loss.ts';
import { trainingOptions } from '../training/options.ts';
import { trainableOf } from '../training/step.ts';
import { checkGradients, type GradientCheck } from './gradient-check.ts';
import { type OverfitCheck, overfitTinyBatch } from './overfit.ts';

/** A gradient that is further off than this is wrong, or the network has a kink right there. */
const WRONG = 0.05;

export interface NetworkCheck {
  readonly gradients: readonly GradientCheck[];
  /** Variables whose gradient does not agree with finite differences. */
  readonly wrong: readonly string[];
  readonly overfit: OverfitCheck;
}

/** Checks a network on the first windows of a source: its gradients, and that it can learn them by heart. Changes nothing. */
export async function checkNetwork(network: Network, source: WindowSource): Promise<NetworkCheck> {
  const windows = [0, 1].slice(0, source.length);
  const batch = await source.load(windows);
  const targets = lossTargets(batch, network.spec.outputs, trainingOptions({ loss: 'mse' }));
  const frames = frameTensor(batch.frames, batch.batch, batch.time, network.spec.input);
  const speed = tf.tensor2d(batch.speed, [batch.batch, batch.time]);
  const mse = { loss: 'mse', huberDelta: 1 } as const;
  const value = () => loss(network.apply(frames, { training: false, speed }).outputs, targets, mse);
  const gradients = await checkGradients(value, ofOutputs(network));
  tf.dispose([frames, speed]);
  const wrong = gradients.filter(({ relativeError }) => !(relativeError < WRONG)).map(({ variable }) => variable);
  return { gradients, wrong, overfit: await overfitTinyBatch(network, source, windows) };
}

/** The variables that the outputs depend on: not those of the predicted uncertainty. */
function ofOutputs(network: Network): Map<string, tf.Variable> {
  return new Map([...trainableOf(network)].filter(([name]) => !name.startsWith('uncertainty/')));
}
