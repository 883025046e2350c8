import type { WindowBatch, WindowSource } from '../../datasets/windows/window-source.ts';
import { Refusal } from '../../sim/refusal.ts';
import { frameTensor } from '../input/frame-tensor.ts';
import type { Network } from '../network/network.ts';
import * as tf from '../tf.ts';

/**
 * Finds the windows and the layer behind a loss or gradient that is not a finite number. Call it with the windows seen
 * since numbers were last known to be finite; the weights have not moved since the first that went wrong.
 * @param where e.g. `epoch 2, step 40`
 * @returns the refusal to throw
 */
export async function explainNonFinite(
  network: Network,
  source: WindowSource,
  picks: readonly (readonly number[])[],
  where: string,
): Promise<Refusal> {
  for (const pick of picks) {
    const batch = await source.load(pick);
    const first = (await firstNonFinite(network, batch)) ?? labelNotFinite(batch);
    if (first === undefined) continue;
    const what = `${first} is not a finite number (windows ${pick.join(', ')})`;
    const isLabel = first === 'a label' || first === 'a measured speed';
    const mend = isLabel
      ? 'look at these windows'
      : 'it has diverged: lower the learning rate, or look at these windows';
    return new Refusal('not-finite', where, what, mend);
  }
  const what = 'the gradients overflowed though all layers are finite';
  return new Refusal('not-finite', where, what, 'it has diverged: lower the learning rate or the clipping norm');
}

function labelNotFinite({ targets, mask, speed }: WindowBatch): string | undefined {
  if (targets.some((value, i) => mask[i] === 1 && !Number.isFinite(value))) return 'a label';
  return speed.some((value) => !Number.isFinite(value)) ? 'a measured speed' : undefined;
}

/**
 * Names the first thing in a forward pass that is not finite: a weight, or a layer's output.
 * @returns undefined when the whole pass is finite
 */
export async function firstNonFinite(network: Network, batch: WindowBatch): Promise<string | undefined> {
  const suspects: [name: string, flag: tf.Tensor][] = [];
  const suspect = (name: string, tensor: tf.Tensor): void => {
    suspects.push([name, tf.keep(tf.tidy(() => tf.all(tf.isFinite(tensor))))]);
  };
  tf.tidy(() => {
    for (const [name, variable] of network.variables) suspect(`weights ${name}`, variable);
    const frames = frameTensor(batch.frames, batch.batch, batch.time, network.spec.input);
    const speed = tf.tensor2d(batch.speed, [batch.batch, batch.time]);
    network.apply(frames, { training: false, speed, probe: (layer, output) => suspect(`layer ${layer}`, output) });
  });
  let first: string | undefined;
  for (const [name, flag] of suspects) {
    if (first === undefined && (await flag.data())[0] === 0) first = name;
    flag.dispose();
  }
  return first;
}
