import type { ModelFiles } from '../../evaluation/drivers/machine.ts';
import { MODEL_FILE, WEIGHTS_FILE } from '../../models/files/model-format.ts';
import { host } from './host.ts';

/** The files of a model of the library. */
export async function readLibraryModel(id: string): Promise<ModelFiles> {
  const storage = host.files('models', id);
  const files = new Map<string, Uint8Array>();
  for (const name of [MODEL_FILE, WEIGHTS_FILE]) files.set(name, await storage.read(name));
  return { name: id, reference: `model:${id}`, files };
}
