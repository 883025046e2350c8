import path from 'node:path';
import type { RunDetails } from '../../../../host-api/contract.ts';
import { nameOf, type Reference, type RunConfig } from '../../../../models/runs/run-config.ts';
import type { Library } from './library.ts';

/**
 * Where the recordings of a run are in a library. A folder that the run names stands for the recording of that name: it
 * may have been taken in. Whether it is the same one, its hash says.
 */
export async function recordingsOf(library: Library, config: RunConfig): Promise<RunDetails['recordings']> {
  const ids = new Set(await library.ids('recordings'));
  return config.recordings.map((reference) => {
    const id = idOf(reference);
    return { name: nameOf(reference), id: ids.has(id) ? id : null };
  });
}

function idOf(reference: Reference): string {
  // A run may come from a machine with other paths than this one.
  return 'id' in reference ? reference.id : path.win32.basename(reference.folder);
}
