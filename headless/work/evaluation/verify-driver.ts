import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { DriverSource } from '../../../evaluation/files/evaluation.ts';
import { MODEL_FILE, WEIGHTS_FILE } from '../../../models/files/model-format.ts';
import { DEFAULT_MODEL_FOLDER } from '../models/model-folder.ts';

/**
 * Where a driver comes from, and a digest of what it is made of.
 * @param name `expert`, `default` or a model folder that can be read
 */
export async function identifyDriver(name: string): Promise<DriverSource> {
  if (name === 'expert') return { path: name, digest: null };
  const folder = name === 'default' ? DEFAULT_MODEL_FOLDER : path.resolve(name);
  const digest = sha256.create();
  for (const file of [MODEL_FILE, WEIGHTS_FILE]) digest.update(await readFile(path.join(folder, file)));
  return { path: name === 'default' ? name : folder, digest: bytesToHex(digest.digest()) };
}
