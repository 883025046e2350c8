import * as tf from '../tf.ts';
import type { Network } from './network.ts';

/** The numbers of a network's variables, by name, in the network's order. */
export type Weights = ReadonlyMap<string, Float32Array>;

/** A copy of the network's weights. */
export async function readWeights(network: Network): Promise<Weights> {
  const weights = new Map<string, Float32Array>();
  for (const [name, variable] of network.variables) weights.set(name, (await variable.data()).slice() as Float32Array);
  return weights;
}

/** Puts weights into a network. @throws Error when a variable is missing or has another size */
export function writeWeights(network: Network, weights: Weights): void {
  for (const [name, variable] of network.variables) {
    const numbers = weights.get(name);
    if (numbers?.length !== variable.size) throw new Error(`weights of ${name} do not fit`);
    const tensor = tf.tensor(numbers, variable.shape);
    variable.assign(tensor);
    tensor.dispose();
  }
}
