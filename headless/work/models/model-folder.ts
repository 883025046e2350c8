import { access, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readModelFiles } from '../../../models/files/decode-model.ts';
import { encodeModel } from '../../../models/files/encode-model.ts';
import { MODEL_FILE, type TrainingSummary, WEIGHTS_FILE } from '../../../models/files/model-format.ts';
import type { Network } from '../../../models/network/network.ts';
import type { Weights } from '../../../models/network/weights.ts';
import { Refusal } from '../../../sim/refusal.ts';
import { onDisk } from '../../machine/storage/disk-fault.ts';
import { makeFolder } from '../../machine/storage/make-folder.ts';

/** The model that is shipped. */
export const DEFAULT_MODEL_FOLDER = fileURLToPath(new URL('../../../models/default', import.meta.url));

/** A model folder whose files were read and checked; no backend is needed for that. */
export interface ModelFolder {
  readonly name: string;
  /** By name, as `decodeModel` takes them. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly weights: Weights;
  /** SHA-256 of the weights. */
  readonly sha256: string;
}

/**
 * Reads a model folder; `default` is the shipped model.
 * @throws Refusal when the folder is missing, or a file of it is missing, damaged or does not fit
 */
export async function readModelFolder(nameOrFolder: string): Promise<ModelFolder> {
  const folder = nameOrFolder === 'default' ? DEFAULT_MODEL_FOLDER : nameOrFolder;
  const name = nameOrFolder === 'default' ? 'default' : path.basename(path.resolve(folder));
  const present = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    const what = error.code === 'ENOTDIR' ? 'this is a file, not a model folder' : 'there is no such model folder';
    throw new Refusal(
      'no-model',
      nameOrFolder,
      what,
      'give the folder that `wheelhouse train --out` wrote, or `default`',
    );
  });
  const files = new Map<string, Uint8Array>();
  for (const file of [MODEL_FILE, WEIGHTS_FILE]) {
    if (present.includes(file)) files.set(file, new Uint8Array(await readFile(path.join(folder, file))));
  }
  const { file, weights } = readModelFiles(files, nameOrFolder);
  return { name, files, weights, sha256: file.weights.sha256 };
}

/** Whether something lies at this path, whatever it is. */
export async function isThere(place: string): Promise<boolean> {
  return access(place).then(
    () => true,
    () => false,
  );
}

/**
 * Saves a model as a folder, whole or not at all; a model that is there is replaced.
 * @throws Refusal when something else than a model is there, or the disk is full or may not be written
 */
export async function saveModelFolder(folder: string, network: Network, training?: TrainingSummary): Promise<void> {
  await refuseTakenFolder(folder);
  const fresh = `${path.resolve(folder)}.${process.pid}.tmp`;
  const old = `${fresh}-old`;
  const files = await encodeModel(network, training);
  try {
    await onDisk(folder, async () => {
      await makeFolder(fresh);
      for (const [name, bytes] of files) await writeFile(path.join(fresh, name), bytes);
      await rename(folder, old).catch(ignoreMissing);
      await rename(fresh, folder);
    });
  } catch (error) {
    // What was there before comes back.
    await rename(old, folder).catch(() => undefined);
    throw error;
  } finally {
    await rm(fresh, { recursive: true, force: true });
    await rm(old, { recursive: true, force: true });
  }
}

/** @throws Refusal when the folder holds something else than a model, which saving would replace */
export async function refuseTakenFolder(folder: string): Promise<void> {
  const present = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new Refusal('taken-folder', folder, 'this is not a folder', 'choose another one with --out');
  });
  if (present.some((name) => name !== MODEL_FILE && name !== WEIGHTS_FILE)) {
    throw new Refusal(
      'taken-folder',
      folder,
      'the folder holds something else than a model',
      'choose another one with --out',
    );
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
