import { existsSync } from 'node:fs';
import path from 'node:path';
import { checkId, isId } from '../../../host-api/names.ts';
import type { Reference } from '../../../models/runs/run-config.ts';
import { Refusal } from '../../../sim/refusal.ts';
import { libraryFolder } from '../library/library-folder.ts';

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

/** The model that a run means, as `readModelFolder` takes it. @throws Refusal as `folderOf` does */
export function modelFolderOf(model: Reference, run: string): string {
  return 'id' in model && model.id === 'default' ? 'default' : folderOf(model, 'models', run);
}

function libraryAround(run: string): string | undefined {
  const collection = path.dirname(path.resolve(run));
  const library = path.dirname(collection);
  return path.basename(collection) === 'runs' && existsSync(path.join(library, 'recordings')) ? library : undefined;
}
