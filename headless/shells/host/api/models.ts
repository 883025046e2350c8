import { Hono } from 'hono';
import type { FileStorage } from '../../../../datasets/storage/storage.ts';
import { type ModelEntry, publicationSchema } from '../../../../host-api/contract.ts';
import { readModelFiles } from '../../../../models/files/decode-model.ts';
import { MODEL_FILE, WEIGHTS_FILE } from '../../../../models/files/model-format.ts';
import { measureFolder, readJson, readName, writeName } from '../library/about.ts';
import type { Library } from '../library/library.ts';
import { readBody } from './body.ts';

export function modelsApi(library: Library): Hono {
  const api = new Hono();

  api.get('/', async (context) => {
    const ids = await library.ids('models');
    return context.json({ models: await Promise.all(ids.map((id) => entryOf(library, id))) });
  });

  api.get('/:id', async (context) => {
    const id = context.req.param('id');
    const files = await library.files('models', id);
    return context.json({ ...(await entryOf(library, id)), model: await readJson(files, MODEL_FILE) });
  });

  api.post('/', async (context) => {
    const { draft, id: wanted, name, replace } = await readBody(context, publicationSchema);
    const files = await library.files('drafts', draft);
    await checkModelFiles(files);
    await writeName(files, name);
    return context.json({ id: await library.publish(draft, 'models', name, wanted, replace) }, 201);
  });

  return api;
}

/**
 * Checks that a folder holds a whole model: its description by the schema, and weights that are as many as the network has,
 * finite, and the ones that were saved.
 * @throws Refusal naming the file and the field
 */
export async function checkModelFiles(files: FileStorage): Promise<void> {
  const found = new Map<string, Uint8Array>();
  for (const name of [MODEL_FILE, WEIGHTS_FILE]) {
    if (await files.exists(name)) found.set(name, await files.read(name));
  }
  readModelFiles(found, files.name);
}

async function entryOf(library: Library, id: string): Promise<ModelEntry> {
  const name = (await readName(await library.files('models', id))) ?? id;
  return {
    id,
    name,
    builtin: library.isBuiltin('models', id),
    ...(await measureFolder(library.pathOf('models', id))),
  };
}
