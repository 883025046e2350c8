import { missingFile, pathParts } from './path.ts';
import type { StorageEntry } from './storage.ts';

/**
 * Entries of a folder, found among the paths of all files.
 * @param files path and size [bytes] of each
 * @throws Refusal `missing-file` when there is no such folder
 */
export function listFolder(name: string, files: Iterable<readonly [string, number]>, folder: string): StorageEntry[] {
  const parts = pathParts(name, folder);
  const prefix = parts.length === 0 ? '' : `${parts.join('/')}/`;
  const entries = new Map<string, StorageEntry>();
  for (const [path, size] of files) {
    if (!path.startsWith(prefix)) continue;
    const [first, ...deeper] = path.slice(prefix.length).split('/');
    const isFile = deeper.length === 0;
    entries.set(first!, { name: first!, kind: isFile ? 'file' : 'folder', size: isFile ? size : 0 });
  }
  if (entries.size === 0 && prefix !== '') throw missingFile(name, folder);
  return [...entries.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Whether a file or folder is among the paths of all files. */
export function isAmong(name: string, paths: Iterable<string>, path: string): boolean {
  const clean = pathParts(name, path).join('/');
  if (clean === '') return true;
  for (const other of paths) if (other === clean || other.startsWith(`${clean}/`)) return true;
  return false;
}
