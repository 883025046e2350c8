import { createStream } from '../../sim/random/stream.ts';
import * as tf from '../tf.ts';
import type { Initialiser } from './initialisers.ts';

/** What is known of a variable without making it. */
export interface VariablePlan {
  readonly name: string;
  readonly shape: readonly number[];
  /** Learned by gradient; the others (running means) follow along. */
  readonly trainable: boolean;
}

/**
 * The variables of one network, by name, in the order of their making. Each draws its first numbers from a stream of its
 * own name, so that a layer more or less does not change the others.
 */
export class VariableStore {
  readonly variables = new Map<string, tf.Variable>();
  readonly plans: VariablePlan[] = [];
  readonly #seed: number | undefined;

  /** @param seed of the first numbers; without it the store only plans: shapes are noted and nothing is allocated */
  constructor(seed?: number) {
    this.#seed = seed;
  }

  /** @throws Error when the name is taken */
  create(name: string, shape: readonly number[], initialiser: Initialiser, trainable = true): tf.Variable {
    if (this.plans.some((plan) => plan.name === name)) throw new Error(`variable ${name} exists already`);
    this.plans.push({ name, shape, trainable });
    // A planning store's layers are asked for shapes and counts, never to compute.
    if (this.#seed === undefined) return undefined as never;
    const first = tf.tensor(initialiser(shape, createStream(this.#seed, `initialise/${name}`)), [...shape]);
    // tfjs wants names that are unique in the process; ours are unique in a network. Undefined lets it choose one.
    const variable = tf.variable(first, trainable);
    first.dispose();
    this.variables.set(name, variable);
    return variable;
  }

  /** Learnable numbers, all variables together. */
  get parameters(): number {
    return this.plans
      .filter((plan) => plan.trainable)
      .reduce((sum, plan) => sum + plan.shape.reduce((product, length) => product * length, 1), 0);
  }

  dispose(): void {
    for (const variable of this.variables.values()) variable.dispose();
    this.variables.clear();
  }
}
