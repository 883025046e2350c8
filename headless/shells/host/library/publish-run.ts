import { LOCK_FILE } from '../../../../models/runs/layout.ts';
import { readRun } from '../../../../models/runs/read-run.ts';
import type { Library } from './library.ts';

/**
 * Makes a draft that holds the files of a run one of the library's. Who trains the run it was copied from does not train
 * the copy.
 * @returns its id
 * @throws Refusal when it is no run
 */
export async function publishRun(library: Library, draft: string, name: string, wanted?: string): Promise<string> {
  const files = await library.files('drafts', draft);
  await readRun(files);
  await files.remove(LOCK_FILE);
  return library.publish(draft, 'runs', name, wanted);
}
