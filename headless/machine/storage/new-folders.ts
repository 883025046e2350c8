import { readdir, rmdir } from 'node:fs/promises';
import path from 'node:path';

/** A folder that a job is going to write into, as it was before. */
export interface FolderBefore {
  /** The folder itself, or the first on the way to it that was not there. */
  readonly top: string;
  readonly wasThere: boolean;
  /** Whether all that will be in it comes from the job. */
  readonly wasEmpty: boolean;
}

/** Looks at a folder before a job writes into it, or makes it. */
export async function lookAtFolder(folder: string): Promise<FolderBefore> {
  let top = path.resolve(folder);
  const entries = await entriesOf(top);
  if (entries !== undefined) return { top, wasThere: true, wasEmpty: entries.length === 0 };
  for (let above = path.dirname(top); above !== top; above = path.dirname(top)) {
    if ((await entriesOf(above)) !== undefined) break;
    top = above;
  }
  return { top, wasThere: false, wasEmpty: true };
}

/** Removes the folders that a job made there and left empty, as one does whose disk was full. */
export async function removeEmptyFolders({ top, wasThere, wasEmpty }: FolderBefore): Promise<void> {
  if (wasEmpty) await removeEmpty(top, wasThere);
}

async function removeEmpty(folder: string, keep: boolean): Promise<void> {
  for (const entry of (await entriesOf(folder)) ?? [])
    if (entry.isDirectory()) await removeEmpty(path.join(folder, entry.name), false);
  // One that holds something stays.
  if (!keep) await rmdir(folder).catch(() => undefined);
}

function entriesOf(folder: string) {
  return readdir(folder, { withFileTypes: true }).catch(() => undefined);
}
