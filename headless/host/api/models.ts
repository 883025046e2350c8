import { Hono } from 'hono';
import { type ModelEntry, publicationSchema } from '../../../datasets/library/contract.ts';
import type { FileStorage } from '../../../datasets/storage/storage.ts';
import { Refusal } from '../../../sim/refusal.ts';
import { measureFolder, readJson, readName, writeName } from '../library/about.ts';
import type { Library } from '../library/library.ts';
import { readBody } from './body.ts';

const MODEL_FILE = 'model.json';
const WEIGHTS_FILE = 'weights.bin';

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

/** @throws Refusal `missing-file`, `bad-json`, `bad-model` when this is no whole model */
export async function checkModelFiles(files: FileStorage): Promise<void> {
  await readJson(files, MODEL_FILE);
  if ((await files.size(WEIGHTS_FILE)) === 0) {
    throw new Refusal('bad-model', `${files.name}/${WEIGHTS_FILE}`, 'the file is empty', 'save the model again');
  }
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
