import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { Refusal } from '../../sim/refusal.ts';
import type { EpochRecord, TrainingState } from './records.ts';

const MAGIC = 'wheelhouse-checkpoint';
const VERSION = 1;
/** Magic, and the length of the header as a decimal number, end with a line break. */
const MAX_FIRST_LINE = 64;

/** JSON has no NaN: where a number does not exist, it is null. */
const number = z
  .number()
  .nullable()
  .transform((value) => value ?? Number.NaN);
const headerSchema = z.strictObject({
  version: z.int(),
  epoch: z.int().min(0),
  step: z.int().min(0),
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
  /** Where whoever keeps the checkpoint stood. */
  note: z.record(z.string(), z.number()),
  arrays: z.array(z.strictObject({ group: z.string(), name: z.string(), length: z.int().min(0) })),
  sha256: z.string(),
});

/** A state with what its keeper wrote on it. */
export interface Checkpoint {
  readonly state: TrainingState;
  /** Numbers by name, e.g. how long the log was. */
  readonly note: Readonly<Record<string, number>>;
}

/** All of a training's state in one file: a line, a JSON header, then 32-bit little-endian floats. */
export function encodeCheckpoint({ state, note }: Checkpoint): Uint8Array {
  const groups: Record<string, ReadonlyMap<string, Float32Array>> = {
    weights: state.weights,
    best: state.bestWeights,
    optimiser: state.optimiser.slots,
    more: state.more ?? new Map(),
  };
  const parts = Object.entries(groups).flatMap(([group, arrays]) =>
    [...arrays].map(([name, values]) => ({ group, name, values })),
  );
  const numbers = new Uint8Array(parts.reduce((sum, { values }) => sum + 4 * values.length, 0));
  const view = new DataView(numbers.buffer);
  let at = 0;
  for (const { values } of parts) {
    for (const value of values) {
      view.setFloat32(at, value, true);
      at += 4;
    }
  }
  const header = new TextEncoder().encode(
    JSON.stringify({
      version: VERSION,
      epoch: state.epoch,
      step: state.step ?? 0,
      optimiserStep: state.optimiser.step,
      history: state.history,
      note,
      arrays: parts.map(({ group, name, values }) => ({ group, name, length: values.length })),
      sha256: bytesToHex(sha256(numbers)),
    }),
  );
  const line = new TextEncoder().encode(`${MAGIC} ${header.length}\n`);
  const file = new Uint8Array(line.length + header.length + numbers.length);
  file.set(line);
  file.set(header, line.length);
  file.set(numbers, line.length + header.length);
  return file;
}

/** @param where the file, for messages. @throws Refusal when the file is damaged or of another version */
export function decodeCheckpoint(file: Uint8Array, where: string): Checkpoint {
  const lineEnd = file.subarray(0, MAX_FIRST_LINE).indexOf(10);
  const [, length] = /^wheelhouse-checkpoint (\d+)$/.exec(new TextDecoder().decode(file.subarray(0, lineEnd))) ?? [];
  if (length === undefined) throw damaged(where, 'this is no checkpoint');
  const begin = lineEnd + 1 + Number(length);
  const json = parsed(file.subarray(lineEnd + 1, begin));
  const version = (json as { version?: unknown } | undefined)?.version;
  if (typeof version === 'number' && version !== VERSION) {
    throw damaged(where, `it is of version ${version}, this program reads version ${VERSION}`);
  }
  const header = headerSchema.safeParse(json);
  if (!header.success) throw damaged(where, `its header is damaged (${header.error.issues[0]!.path.join('.')})`);
  const { epoch, step, optimiserStep, history, note, arrays, sha256: hash } = header.data;
  const numbers = file.subarray(begin);
  const expected = arrays.reduce((sum, array) => sum + 4 * array.length, 0);
  if (numbers.length !== expected) throw damaged(where, `${numbers.length} bytes of numbers, ${expected} belong there`);
  if (bytesToHex(sha256(numbers)) !== hash) throw damaged(where, 'its SHA-256 is not the one in its header');
  const view = new DataView(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  const groups = new Map<string, Map<string, Float32Array>>();
  let at = 0;
  for (const { group, name, length: count } of arrays) {
    const start = at;
    const values = Float32Array.from({ length: count }, (_, i) => view.getFloat32(start + 4 * i, true));
    groups.set(group, (groups.get(group) ?? new Map()).set(name, values));
    at += 4 * count;
  }
  const group = (name: string) => groups.get(name) ?? new Map<string, Float32Array>();
  const state: TrainingState = {
    epoch,
    ...(step > 0 && { step }),
    weights: group('weights'),
    bestWeights: group('best'),
    optimiser: { step: optimiserStep, slots: group('optimiser') },
    history: history as EpochRecord[],
    more: group('more'),
  };
  return { state, note };
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

function damaged(where: string, what: string): Refusal {
  return new Refusal('damaged-checkpoint', where, what, 'copy the run folder again, or start the training anew');
}
