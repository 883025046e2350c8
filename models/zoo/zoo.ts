import { unknownName } from '../../sim/nearest-name.ts';
import { parseOrRefuse, type Refused } from '../../sim/parse.ts';
import { Refusal } from '../../sim/refusal.ts';
import { VariableStore } from '../layers/variable-store.ts';
import type { Network } from '../network/network.ts';
import { type InputSpec, type ModelSpec, type OutputSpec, specSchema, TYPICAL_OUTPUTS } from '../spec.ts';
import type { Architecture } from './architecture.ts';
import { convLstm } from './conv-lstm.ts';
import { deepTesla, linear, mlp, pilotNet } from './frame-networks.ts';
import { komanda } from './komanda.ts';
import { layered } from './layered.ts';
import { cnnBiLstm, cnnGru, cnnLstm, cnnRnn } from './recurrent-networks.ts';
import { resnetLstm } from './resnet-lstm.ts';
import { transformer } from './transformer.ts';

/** In the order of their history; `layers` is the one whose layers are given in a file. */
const ARCHITECTURES = [
  linear,
  mlp,
  deepTesla,
  pilotNet,
  cnnRnn,
  cnnGru,
  cnnLstm,
  cnnBiLstm,
  convLstm,
  komanda,
  resnetLstm,
  transformer,
  layered,
] as unknown as readonly Architecture[];

/** Kinds of networks that there are; wherever none are given, those of the zoo. */
export type Architectures = readonly Architecture[];

/** A line of `wheelhouse models`. */
export interface ZooEntry {
  readonly name: string;
  readonly summary: string;
  readonly source: string;
  readonly input: InputSpec;
  /** Learnable numbers with default options. */
  readonly parameters: number;
  /** Multiply-adds for one frame. */
  readonly multiplyAdds: number;
  /** Frames in a window. */
  readonly time: number;
  readonly canDrive: boolean;
  /** Why not, when it cannot. */
  readonly cannotDrive?: string;
}

/** The zoo, with default options; needs no backend. */
export function listModels(): ZooEntry[] {
  return ARCHITECTURES.map(({ name, summary, source, input, cannotDrive }) => {
    const { parameters, multiplyAdds } = planNetwork(createSpec(name));
    const reason = cannotDrive === undefined ? {} : { cannotDrive };
    return {
      name,
      summary,
      source,
      input,
      parameters,
      multiplyAdds,
      time: input.time,
      canDrive: cannotDrive === undefined,
      ...reason,
    };
  });
}

/** @throws Refusal for a name that is not in the zoo */
export function findArchitecture(name: string, known: Architectures = ARCHITECTURES): Architecture {
  const found = known.find((architecture) => architecture.name === name);
  if (found === undefined) {
    const names = known.map((architecture) => architecture.name);
    throw unknownName('architecture', name, names, `there is no "${name}" in the zoo`);
  }
  return found;
}

/** What may be given of a spec; the architecture's defaults fill the rest. */
export interface SpecChoices {
  readonly options?: Readonly<Record<string, unknown>>;
  readonly input?: Partial<InputSpec>;
  readonly outputs?: readonly OutputSpec[];
}

/**
 * The complete spec of a network of the zoo.
 * @throws Refusal for an unknown architecture, an unknown or wrong option, or shapes that do not fit
 */
export function createSpec(architecture: string, choices: SpecChoices = {}, known?: Architectures): ModelSpec {
  const { input, options } = findArchitecture(architecture, known);
  const spec = {
    architecture,
    options: parseOrRefuse(options, choices.options ?? {}, wrong(`${architecture} options`)),
    input: { ...input, ...choices.input },
    outputs: [...(choices.outputs ?? TYPICAL_OUTPUTS)],
  };
  checkSpec(spec, known);
  return spec;
}

/** @throws Refusal naming the field, when the spec does not describe a network of the zoo */
export function checkSpec(spec: unknown, known?: Architectures): asserts spec is ModelSpec {
  planNetwork(parseOrRefuse(specSchema, spec, wrong('model spec')), known);
}

/** Counts a network without making it. @throws Refusal when options or shapes do not fit */
export function planNetwork(
  spec: ModelSpec,
  known?: Architectures,
): {
  parameters: number;
  multiplyAdds: number;
  plans: VariableStore['plans'];
} {
  const store = new VariableStore();
  const { multiplyAdds } = build(spec, store, known);
  return { parameters: store.parameters, multiplyAdds, plans: store.plans };
}

/**
 * Makes a network with fresh weights.
 * @param seed of the weights
 * @throws Refusal for an unknown architecture or options that do not fit
 */
export function createNetwork(spec: ModelSpec, seed: number, known?: Architectures): Network {
  planNetwork(spec, known);
  const store = new VariableStore(seed);
  const body = build(spec, store, known);
  return {
    spec,
    variables: store.variables,
    parameters: store.parameters,
    multiplyAdds: body.multiplyAdds,
    initialState: (batch) => body.initialState(batch),
    apply: (frames, options) => body.apply(frames, options),
    dispose: () => store.dispose(),
  };
}

function build(spec: ModelSpec, store: VariableStore, known?: Architectures): ReturnType<Architecture['build']> {
  const architecture = findArchitecture(spec.architecture, known);
  const options = parseOrRefuse(architecture.options, spec.options, wrong(`${spec.architecture} options`));
  try {
    return architecture.build(spec.input, options, store);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Refusal(
      'shapes-do-not-fit',
      spec.architecture,
      error.message,
      'use a larger input or fewer or smaller layers',
    );
  }
}

const wrong = (where: string): Refused => ({ code: 'wrong-spec', where, joint: ', ', mend: 'correct or remove it' });
