import { type RuleSettings, slotsOf } from '../kernels/optimiser-rules.ts';
import { OPTIMISER_STEP } from '../kernels/optimiser-step.ts';
import * as tf from '../tf.ts';
import type { TrainingOptions } from './options.ts';

/** Training options that say how gradients become steps. */
export type OptimiserOptions = Pick<
  TrainingOptions,
  'optimiser' | 'beta1' | 'beta2' | 'epsilon' | 'l1' | 'l2' | 'weightDecay' | 'gradientClipping'
>;

/** What an optimiser remembers, as numbers; variables by name. */
export interface OptimiserState {
  readonly step: number;
  readonly slots: ReadonlyMap<string, Float32Array>;
}

/** Moves variables against their gradients, without ever reading a number back. */
export class Optimiser {
  readonly #options: OptimiserOptions;
  readonly #variables: ReadonlyMap<string, tf.Variable>;
  readonly #slots = new Map<string, tf.Tensor>();
  readonly #unused = tf.keep(tf.scalar(0));
  #step = 0;

  /** @param variables the ones to train, by name */
  constructor(options: OptimiserOptions, variables: ReadonlyMap<string, tf.Variable>) {
    this.#options = options;
    this.#variables = variables;
    for (const [name, variable] of variables) {
      for (const slot of slotsOf(options.optimiser))
        this.#slots.set(`${name}#${slot}`, tf.keep(tf.zerosLike(variable)));
    }
  }

  /**
   * One step. When any gradient is not finite, nothing moves.
   * @param gradients by the same names as the variables; a variable without one stays
   * @param rate learning rate
   * @returns the norm of all gradients together, before clipping: a scalar that the caller disposes of
   */
  apply(gradients: ReadonlyMap<string, tf.Tensor>, rate: number): tf.Scalar {
    this.#step += 1;
    const norm = tf.tidy(() => tf.sqrt(tf.addN([...gradients.values()].map((g) => tf.sum(tf.square(g)))))) as tf.Scalar;
    const scale = tf.tidy(() => this.#scale(norm));
    const { optimiser: rule, beta1, beta2, epsilon, l1, l2, weightDecay } = this.#options;
    const settings: RuleSettings = { rule, rate, beta1, beta2, epsilon, l1, l2, weightDecay, step: this.#step };
    for (const [name, gradient] of gradients) {
      const variable = this.#variables.get(name);
      if (variable === undefined) throw new Error(`no variable ${name} in this optimiser`);
      const slot = (key: string): tf.Tensor => this.#slots.get(`${name}#${key}`) ?? this.#unused;
      const inputs = { weights: variable, gradient, scale, m: slot('m'), v: slot('v') } as never;
      const [next, m, v] = tf.engine().runKernel(OPTIMISER_STEP, inputs, settings as never) as never as tf.Tensor[];
      variable.assign(next!);
      next!.dispose();
      this.#keep(`${name}#m`, m!);
      this.#keep(`${name}#v`, v!);
    }
    scale.dispose();
    return norm;
  }

  /** min(1, gradientClipping / norm), or 0 when the norm is not finite. */
  #scale(norm: tf.Scalar): tf.Tensor {
    const { gradientClipping: limit } = this.#options;
    const limited = limit > 0 ? tf.minimum(1, tf.div(limit, tf.maximum(norm, 1e-30))) : tf.onesLike(norm);
    return tf.where(tf.isFinite(norm), limited, tf.zerosLike(norm));
  }

  #keep(key: string, tensor: tf.Tensor): void {
    const before = this.#slots.get(key);
    if (before === undefined) {
      tensor.dispose();
      return;
    }
    this.#slots.set(key, tf.keep(tensor));
    before.dispose();
  }

  async state(): Promise<OptimiserState> {
    const slots = new Map<string, Float32Array>();
    for (const [key, tensor] of this.#slots) slots.set(key, (await tensor.data()).slice() as Float32Array);
    return { step: this.#step, slots };
  }

  /** @throws Error when the state is another network's or another rule's */
  restore(state: OptimiserState): void {
    for (const [key, tensor] of this.#slots) {
      const numbers = state.slots.get(key);
      if (numbers?.length !== tensor.size) throw new Error(`the optimiser's state does not fit: ${key}`);
      this.#slots.set(key, tf.keep(tf.tensor(numbers, tensor.shape)));
      tensor.dispose();
    }
    this.#step = state.step;
  }

  dispose(): void {
    for (const tensor of this.#slots.values()) tensor.dispose();
    this.#slots.clear();
    this.#unused.dispose();
  }
}
