import type { Network } from '../network/network.ts';
import * as tf from '../tf.ts';

/** The recurrent state that goes from one step's windows to those that follow them in the next step. */
export class CarriedMemory {
  readonly #network: Network;
  #state: tf.Tensor[] = [];

  constructor(network: Network) {
    this.#network = network;
  }

  /**
   * The state for the next step; whoever takes it disposes of it.
   * @param fresh by row of the batch: it begins anew, without what came before
   */
  take(fresh: readonly boolean[]): tf.Tensor[] {
    return tf.tidy(() => {
      const initial = this.#network.initialState(fresh.length);
      if (this.#state.length === 0 || fresh.every((value) => value)) return initial;
      return initial.map((start, i) => {
        const begins = tf.tensor(
          fresh.map((value) => (value ? 1 : 0)),
          [fresh.length, ...start.shape.slice(1).map(() => 1)],
        );
        return tf.add(tf.mul(begins, start), tf.mul(tf.sub(1, begins), this.#state[i]!));
      });
    });
  }

  /** @param state after a step; it is copied */
  keep(state: readonly tf.Tensor[]): void {
    tf.dispose(this.#state);
    this.#state = state.map((tensor) => tf.keep(tf.clone(tensor)));
  }

  async read(): Promise<Map<string, Float32Array>> {
    const numbers = new Map<string, Float32Array>();
    for (const [i, tensor] of this.#state.entries())
      numbers.set(String(i), (await tensor.data()).slice() as Float32Array);
    return numbers;
  }

  /** @param batch rows of the state */
  restore(numbers: ReadonlyMap<string, Float32Array>, batch: number): void {
    tf.dispose(this.#state);
    const shapes = this.#network.initialState(batch);
    this.#state = shapes.map(({ shape }, i) => tf.keep(tf.tensor(numbers.get(String(i))!, shape)));
    tf.dispose(shapes);
  }

  dispose(): void {
    tf.dispose(this.#state);
    this.#state = [];
  }
}
