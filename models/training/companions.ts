import { Refusal } from '../../sim/refusal.ts';
import type { Network } from '../network/network.ts';
import type { Weights } from '../network/weights.ts';
import { OUTPUT_NAMES } from '../spec.ts';
import * as tf from '../tf.ts';
import { CarriedMemory } from './carried-memory.ts';
import type { TrainingOptions } from './options.ts';
import { type StepSurroundings, trainableOf } from './step.ts';
import { WeightAverage } from './weight-average.ts';

/** Name under which the optimiser knows the learned head weights. */
const HEADS = 'training/head-log-variance';

/** What some trainings keep beside the network: learned head weights, averaged weights, carried memory, frozen layers. */
export class Companions {
  readonly #network: Network;
  readonly #options: TrainingOptions;
  readonly #heads: tf.Variable | undefined;
  readonly #average: WeightAverage | undefined;
  readonly #memory: CarriedMemory | undefined;
  readonly #frozen: ReadonlySet<string>;
  #steps = 0;

  /** @throws Refusal when an option asks for what the network does not have */
  constructor(network: Network, options: TrainingOptions) {
    this.#network = network;
    this.#options = options;
    this.#frozen = frozenOf(network, options.freeze);
    if (options.tbptt > 1) checkMemory(network);
    this.#heads = options.learnHeadWeights ? tf.variable(tf.zeros([OUTPUT_NAMES.length])) : undefined;
    this.#average = options.ema > 0 ? new WeightAverage(network, options.ema) : undefined;
    this.#memory = options.tbptt > 1 ? new CarriedMemory(network) : undefined;
  }

  /** Everything that an optimiser of this training moves, by name. */
  variables(): Map<string, tf.Variable> {
    const variables = trainableOf(this.#network);
    if (this.#heads !== undefined) variables.set(HEADS, this.#heads);
    return variables;
  }

  /**
   * What a step needs of them.
   * @param fresh rows whose windows begin anew
   * @param epoch counted from 0
   */
  before(fresh: readonly boolean[] | undefined, epoch: number): StepSurroundings {
    const { unfreezeAfter } = this.#options;
    const thawed = unfreezeAfter > 0 && epoch >= unfreezeAfter;
    const memory = this.#memory;
    return {
      ...(!thawed && this.#frozen.size > 0 && { frozen: this.#frozen }),
      ...(this.#heads && { headLogVariance: { name: HEADS, variable: this.#heads } }),
      ...(memory && fresh && { state: memory.take(fresh), keepState: (state) => memory.keep(state) }),
    };
  }

  /** Call after each step. */
  after(): void {
    this.#steps += 1;
    this.#average?.follow();
  }

  /** Forgets what is carried from step to step: every epoch begins anew. */
  epochEnded(): void {
    this.#memory?.dispose();
  }

  /** The weights to judge and to save, when they are not the network's own. */
  async averaged(): Promise<Weights | undefined> {
    return this.#average?.read();
  }

  /** Share of each head that was learned, e^(−s); absent when it is fixed. */
  async headWeights(): Promise<Record<string, number> | undefined> {
    if (this.#heads === undefined) return undefined;
    const values = await this.#heads.data();
    return Object.fromEntries(OUTPUT_NAMES.map((name, i) => [name, Math.exp(-values[i]!)]));
  }

  async state(): Promise<Map<string, Float32Array>> {
    const state = new Map<string, Float32Array>();
    if (this.#heads !== undefined) state.set(HEADS, (await this.#heads.data()).slice() as Float32Array);
    for (const [name, values] of (await this.#average?.read()) ?? []) state.set(`average/${name}`, values);
    for (const [name, values] of (await this.#memory?.read()) ?? []) state.set(`memory/${name}`, values);
    state.set('steps', Float32Array.of(this.#steps));
    return state;
  }

  restore(state: ReadonlyMap<string, Float32Array>): void {
    const group = (prefix: string) =>
      new Map(
        [...state].filter(([name]) => name.startsWith(prefix)).map(([name, v]) => [name.slice(prefix.length), v]),
      );
    this.#steps = state.get('steps')?.[0] ?? 0;
    const heads = state.get(HEADS);
    if (this.#heads !== undefined && heads !== undefined) {
      const tensor = tf.tensor1d(heads);
      this.#heads.assign(tensor);
      tensor.dispose();
    }
    this.#average?.restore(group('average/'), this.#steps);
    const memory = group('memory/');
    if (memory.size > 0) this.#memory?.restore(memory, this.#options.batch);
  }

  dispose(): void {
    this.#heads?.dispose();
    this.#average?.dispose();
    this.#memory?.dispose();
  }
}

/** Names of the variables that a list of beginnings freezes. @throws Refusal for one that fits nothing, or all */
export function frozenOf(network: Network, beginnings: readonly string[]): ReadonlySet<string> {
  const names = [...trainableOf(network).keys()];
  for (const beginning of beginnings) {
    if (names.some((name) => begins(name, beginning))) continue;
    const layers = [...new Set(names.map((name) => name.split('/')[0]))].join(', ');
    const what = `${network.spec.architecture} has no layer "${beginning}"`;
    throw new Refusal('unknown-layer', 'training option freeze', what, `its layers are ${layers}`);
  }
  const frozen = new Set(names.filter((name) => beginnings.some((beginning) => begins(name, beginning))));
  if (frozen.size === names.length) {
    throw new Refusal('all-frozen', 'training option freeze', 'nothing is left to train', 'freeze fewer layers');
  }
  return frozen;
}

/** `convolution-1` names `convolution-1/filter` and not `convolution-10/filter`. */
function begins(name: string, beginning: string): boolean {
  return name === beginning || name.startsWith(`${beginning}/`);
}

function checkMemory(network: Network): void {
  const state = network.initialState(1);
  tf.dispose(state);
  if (state.length > 0) return;
  const what = `${network.spec.architecture} has no memory to carry from window to window`;
  throw new Refusal('no-memory', 'training option tbptt', what, 'use tbptt 1, or a recurrent network');
}
