import type { Network } from '../network/network.ts';
import type { Weights } from '../network/weights.ts';
import * as tf from '../tf.ts';

/**
 * An exponential moving average of all weights, kept on the device. It follows the weights closely at first, keeping
 * min(decay, (1 + t) / (10 + t)) at step t, so that it need not forget where they began.
 */
export class WeightAverage {
  readonly #network: Network;
  readonly #decay: number;
  readonly #averages = new Map<string, tf.Tensor>();
  #steps = 0;

  /** @param decay share that a step keeps, 0 < decay < 1 */
  constructor(network: Network, decay: number) {
    this.#network = network;
    this.#decay = decay;
    for (const [name, variable] of network.variables) this.#averages.set(name, tf.keep(tf.clone(variable)));
  }

  /** Call after every step. */
  follow(): void {
    this.#steps += 1;
    const kept = Math.min(this.#decay, (1 + this.#steps) / (10 + this.#steps));
    for (const [name, variable] of this.#network.variables) {
      const before = this.#averages.get(name)!;
      const now = tf.tidy(() => tf.add(tf.mul(before, kept), tf.mul(variable, 1 - kept)));
      this.#averages.set(name, tf.keep(now));
      before.dispose();
    }
  }

  async read(): Promise<Weights> {
    const weights = new Map<string, Float32Array>();
    for (const [name, average] of this.#averages) weights.set(name, (await average.data()).slice() as Float32Array);
    return weights;
  }

  /** @param steps followed so far. @throws Error when an average is missing */
  restore(weights: Weights, steps: number): void {
    for (const [name, average] of this.#averages) {
      const numbers = weights.get(name);
      if (numbers?.length !== average.size) throw new Error(`the average of ${name} does not fit`);
      this.#averages.set(name, tf.keep(tf.tensor(numbers, average.shape)));
      average.dispose();
    }
    this.#steps = steps;
  }

  dispose(): void {
    for (const average of this.#averages.values()) average.dispose();
    this.#averages.clear();
  }
}
