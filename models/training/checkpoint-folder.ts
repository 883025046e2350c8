import { Refusal } from '../../sim/refusal.ts';
import { readModelFiles } from '../files/decode-model.ts';
import { encodeWeights } from '../files/encode-model.ts';
import { MODEL_FILE, WEIGHTS_FILE } from '../files/model-format.ts';
import type { Network } from '../network/network.ts';
import type { ModelSpec } from '../spec.ts';
import { decodeCheckpoint, encodeCheckpoint } from './checkpoint.ts';
import type { TrainingState } from './records.ts';

const STATE_FILE = 'last.ckpt';

/** Files of a checkpoint that stands for itself: a model folder with the best weights so far, and the training's state. */
export const CHECKPOINT_FILES = [MODEL_FILE, WEIGHTS_FILE, STATE_FILE] as const;

export function encodeCheckpointFolder(
  { spec, variables }: Pick<Network, 'spec' | 'variables'>,
  state: TrainingState,
): Map<string, Uint8Array> {
  const shapes = new Map([...variables].map(([name, variable]) => [name, variable.shape]));
  return encodeWeights(spec, shapes, state.bestWeights).set(STATE_FILE, encodeCheckpoint({ state, note: {} }));
}

/** @throws Refusal when a file is missing or damaged */
export function decodeCheckpointFolder(files: ReadonlyMap<string, Uint8Array>): {
  spec: ModelSpec;
  state: TrainingState;
} {
  const { file } = readModelFiles(files, 'checkpoint');
  const bytes = files.get(STATE_FILE);
  if (bytes === undefined) {
    const what = 'it is missing, or of an earlier version';
    throw new Refusal('damaged-checkpoint', `checkpoint/${STATE_FILE}`, what, 'start the training anew');
  }
  return { spec: file.spec, state: decodeCheckpoint(bytes, `checkpoint/${STATE_FILE}`).state };
}
