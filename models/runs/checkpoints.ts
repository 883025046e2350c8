import type { FileStorage } from '../../datasets/storage/storage.ts';
import { readModelFiles } from '../files/decode-model.ts';
import { MODEL_FILE, WEIGHTS_FILE } from '../files/model-format.ts';
import { type Checkpoint, decodeCheckpoint } from '../training/checkpoint.ts';
import { CHECKPOINT_FILE } from './layout.ts';

/** Where the app once kept a checkpoint: a model folder with the best weights, and the training's state beside it. */
const OLD_FOLDER = 'checkpoint';
const OLD_STATE = `${OLD_FOLDER}/last.ckpt`;

/** Whether there is something to go on from. */
export async function hasCheckpoint(storage: FileStorage): Promise<boolean> {
  return (await storage.exists(CHECKPOINT_FILE)) || storage.exists(OLD_STATE);
}

/** @returns undefined when the run has none. @throws Refusal when it is damaged */
export async function readCheckpoint(storage: FileStorage): Promise<Checkpoint | undefined> {
  const at = (path: string) => `${storage.name}/${path}`;
  if (await storage.exists(CHECKPOINT_FILE)) {
    return decodeCheckpoint(await storage.read(CHECKPOINT_FILE), at(CHECKPOINT_FILE));
  }
  if (!(await storage.exists(OLD_STATE))) return undefined;
  const checkpoint = decodeCheckpoint(await storage.read(OLD_STATE), at(OLD_STATE));
  const files = new Map<string, Uint8Array>();
  for (const name of [MODEL_FILE, WEIGHTS_FILE]) {
    if (await storage.exists(`${OLD_FOLDER}/${name}`)) files.set(name, await storage.read(`${OLD_FOLDER}/${name}`));
  }
  return { ...checkpoint, spec: readModelFiles(files, at(OLD_FOLDER)).file.spec };
}
