import { existsSync } from 'node:fs';
import path from 'node:path';
import { checkId, isId } from '../../../../../host-api/names.ts';
import { encodeModel } from '../../../../../models/files/encode-model.ts';
import type { Reference } from '../../../../../models/runs/run-config.ts';
import type { BestSoFar, ModelKeeper } from '../../../../../models/runs/train-in-run.ts';
import { Refusal } from '../../../../../sim/refusal.ts';
import { builtinModels, libraryFolder } from '../../../../work/library/library-folder.ts';
import { writeName } from '../../../host/library/about.ts';
import { Library } from '../../../host/library/library.ts';

/** Where a run goes when nothing else is said. @param out folder of its model */
export function runFolderOf(out: string): string {
  return `${path.resolve(out)}.run`;
}

/** Folder of the library that a run's ids mean: the one that the run lies in, else the usual one. */
export function libraryOf(run: string): string {
  return libraryAround(run) ?? libraryFolder();
}

/** How a run names a folder of recordings: by its id when both lie in the same library, so that the app finds it too. */
export function referenceTo(folder: string, run: string): Reference {
  const place = path.resolve(folder);
  const library = libraryAround(run);
  const id = path.basename(place);
  const isThere = library !== undefined && path.dirname(place) === path.join(library, 'recordings') && isId(id);
  return isThere ? { id } : { folder: place };
}

/**
 * The folder that a run means.
 * @throws Refusal `missing-recording` or `missing-model` for an id that its library does not have
 */
export function folderOf(reference: Reference, collection: 'recordings' | 'models', run: string): string {
  if ('folder' in reference) return reference.folder;
  const kind = collection.slice(0, -1);
  const id = checkId(kind, reference.id);
  const library = libraryOf(run);
  const folder = path.join(library, collection, id);
  if (existsSync(folder)) return folder;
  const mend = 'bring it back, or name the library with WHEELHOUSE_LIBRARY';
  throw new Refusal(`missing-${kind}`, `${kind} ${id}`, `the library ${library} does not have it`, mend);
}

/** Makes the best epoch a model of the library, as the app does. @param before what the run became when it was stopped */
export function keepInLibrary(run: string, name: string, before: Reference | null): ModelKeeper {
  return { end: async (model) => ({ id: await publish(libraryOf(run), name, before, model) }) };
}

async function publish(
  folder: string,
  name: string,
  before: Reference | null,
  { network, training }: BestSoFar,
): Promise<string> {
  const library = await Library.open(folder, { builtinModels: builtinModels() });
  const draft = await library.createDraft();
  try {
    const files = await library.files('drafts', draft);
    for (const [file, bytes] of await encodeModel(network, training)) await files.write(file, bytes);
    await writeName(files, name);
    const known = before !== null && 'id' in before ? before.id : undefined;
    return await library.publish(draft, 'models', name, known, known !== undefined);
  } finally {
    // Deletes the draft, if it has become no model.
    await library.close();
  }
}

function libraryAround(run: string): string | undefined {
  const collection = path.dirname(path.resolve(run));
  const library = path.dirname(collection);
  return path.basename(collection) === 'runs' && existsSync(path.join(library, 'recordings')) ? library : undefined;
}
