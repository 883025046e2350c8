import { z } from 'zod';
import { readModelFiles } from '../../../models/files/decode-model.ts';
import { encodeWeights } from '../../../models/files/encode-model.ts';
import { MODEL_FILE, WEIGHTS_FILE } from '../../../models/files/model-format.ts';
import type { TrainingState } from '../../../models/training/records.ts';
import type { ModelSpec } from '../../../models/zoo/spec.ts';
import { Refusal } from '../../../sim/refusal.ts';

/** Files of a checkpoint: a model folder with the best weights, and what else resuming needs. */
const STATE_FILE = 'state.json';
const NUMBERS_FILE = 'state.bin';
export const CHECKPOINT_FILES = [MODEL_FILE, WEIGHTS_FILE, STATE_FILE, NUMBERS_FILE] as const;

/** JSON has no NaN; a validation loss that does not exist is null there. */
const number = z.number().nullable();
const stateSchema = z.strictObject({
  epoch: z.int().min(0),
  optimiserStep: z.int().min(0),
  history: z.array(
    z.strictObject({
      epoch: z.int(),
      loss: number,
      gradientNorm: number,
      validationLoss: number,
      learningRate: number,
      tensors: z.int(),
    }),
  ),
  /** Arrays in `state.bin`, one after the other, 32-bit little-endian floats. */
  arrays: z.array(z.strictObject({ kind: z.enum(['weights', 'slots']), name: z.string(), length: z.int().min(0) })),
});

/** @param shapes of the network's variables, by name */
export function encodeCheckpoint(
  spec: ModelSpec,
  shapes: ReadonlyMap<string, readonly number[]>,
  state: TrainingState,
): Map<string, Uint8Array> {
  const files = encodeWeights(spec, shapes, state.bestWeights);
  const parts = [
    ...[...state.weights].map(([name, values]) => ({ kind: 'weights' as const, name, values })),
    ...[...state.optimiser.slots].map(([name, values]) => ({ kind: 'slots' as const, name, values })),
  ];
  const bytes = new Uint8Array(parts.reduce((sum, { values }) => sum + 4 * values.length, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const { values } of parts) {
    for (const value of values) {
      view.setFloat32(at, value, true);
      at += 4;
    }
  }
  const document = {
    epoch: state.epoch,
    optimiserStep: state.optimiser.step,
    history: state.history,
    arrays: parts.map(({ kind, name, values }) => ({ kind, name, length: values.length })),
  };
  files.set(STATE_FILE, new TextEncoder().encode(JSON.stringify(document)));
  files.set(NUMBERS_FILE, bytes);
  return files;
}

/** @throws Refusal when a file is missing or damaged */
export function decodeCheckpoint(files: ReadonlyMap<string, Uint8Array>): { spec: ModelSpec; state: TrainingState } {
  const { file, weights: bestWeights } = readModelFiles(files, 'checkpoint');
  const document = stateSchema.safeParse(parsed(files.get(STATE_FILE)));
  const bytes = files.get(NUMBERS_FILE);
  if (!document.success || bytes === undefined) throw damaged('it is missing or not whole');
  const { epoch, optimiserStep, history, arrays } = document.data;
  if (arrays.reduce((sum, { length }) => sum + 4 * length, 0) !== bytes.length) throw damaged('its size is wrong');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = { weights: new Map<string, Float32Array>(), slots: new Map<string, Float32Array>() };
  let at = 0;
  for (const { kind, name, length } of arrays) {
    const start = at;
    found[kind].set(
      name,
      Float32Array.from({ length }, (_, i) => view.getFloat32(start + 4 * i, true)),
    );
    at += 4 * length;
  }
  return {
    spec: file.spec,
    state: {
      epoch,
      weights: found.weights,
      bestWeights,
      optimiser: { step: optimiserStep, slots: found.slots },
      history: history.map((record) => ({
        ...record,
        loss: record.loss ?? Number.NaN,
        gradientNorm: record.gradientNorm ?? Number.NaN,
        validationLoss: record.validationLoss ?? Number.NaN,
        learningRate: record.learningRate ?? Number.NaN,
      })),
    },
  };
}

function parsed(bytes: Uint8Array | undefined): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

function damaged(what: string): Refusal {
  return new Refusal('damaged-checkpoint', 'checkpoint', what, 'start the training anew');
}
