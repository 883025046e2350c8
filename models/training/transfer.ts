import { Refusal } from '../../sim/refusal.ts';
import type { Network } from '../network/network.ts';
import type { Weights } from '../network/weights.ts';
import * as tf from '../tf.ts';

/** What came over from another model. */
export interface Transferred {
  /** Names of the variables that took the other's numbers. */
  readonly taken: readonly string[];
  /** Names of those that keep their fresh ones: the other has none of that name, or of another size. */
  readonly fresh: readonly string[];
}

/**
 * Puts another model's weights into a network where name and size fit: its trunk, say, below another memory.
 * @throws Refusal when nothing fits
 */
export function transferWeights(network: Network, from: Weights): Transferred {
  const taken: string[] = [];
  const fresh: string[] = [];
  for (const [name, variable] of network.variables) {
    const numbers = from.get(name);
    if (numbers?.length !== variable.size) {
      fresh.push(name);
      continue;
    }
    const tensor = tf.tensor(numbers, variable.shape);
    variable.assign(tensor);
    tensor.dispose();
    taken.push(name);
  }
  if (taken.length === 0) {
    const what = `no layer of the other model fits into ${network.spec.architecture}`;
    throw new Refusal('nothing-fits', 'the model to start from', what, 'start from a model with the same trunk');
  }
  return { taken, fresh };
}
