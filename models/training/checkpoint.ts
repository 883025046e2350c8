import { z } from 'zod';
import { type ArraysFormat, decodeArrays, encodeArrays } from '../files/arrays-file.ts';
import { type ModelSpec, specSchema } from '../spec.ts';
import { epochRecordSchema, type TrainingState } from './records.ts';

const FORMAT: ArraysFormat = {
  kind: 'checkpoint',
  magic: 'wheelhouse-checkpoint',
  version: 1,
  mend: 'copy the run folder again, or start the training anew',
};

const headerSchema = z.strictObject({
  epoch: z.int().min(0),
  step: z.int().min(0),
  optimiserStep: z.int().min(0),
  history: z.array(epochRecordSchema),
  /** What the training made of its recordings; absent in older checkpoints. */
  spec: specSchema.optional(),
  /** Where whoever keeps the checkpoint stood. */
  note: z.record(z.string(), z.number()),
});

/** A state with what its keeper wrote on it. */
export interface Checkpoint {
  readonly state: TrainingState;
  /** Of the network; found out again from the recordings when absent. */
  readonly spec?: ModelSpec;
  /** Numbers by name, e.g. how long the log was. */
  readonly note: Readonly<Record<string, number>>;
}

/** All of a training's state in one file. */
export function encodeCheckpoint({ state, spec, note }: Checkpoint): Uint8Array {
  const groups: Record<string, ReadonlyMap<string, Float32Array>> = {
    weights: state.weights,
    best: state.bestWeights,
    optimiser: state.optimiser.slots,
    more: state.more ?? new Map(),
  };
  const arrays = Object.entries(groups).flatMap(([group, named]) =>
    [...named].map(([name, values]) => ({ group, name, values })),
  );
  const { epoch, step = 0, optimiser, history } = state;
  return encodeArrays(FORMAT, { epoch, step, optimiserStep: optimiser.step, history, spec, note }, arrays);
}

/** @param where the file, for messages. @throws Refusal when the file is damaged or of another version */
export function decodeCheckpoint(file: Uint8Array, where: string): Checkpoint {
  const { document, arrays } = decodeArrays(FORMAT, headerSchema, file, where);
  const { epoch, step, optimiserStep, history, spec, note } = document;
  const group = (name: string) =>
    new Map(arrays.filter((array) => array.group === name).map((array) => [array.name, array.values]));
  const state: TrainingState = {
    epoch,
    ...(step > 0 && { step }),
    weights: group('weights'),
    bestWeights: group('best'),
    optimiser: { step: optimiserStep, slots: group('optimiser') },
    history,
    more: group('more'),
  };
  return { state, note, ...(spec && { spec }) };
}
