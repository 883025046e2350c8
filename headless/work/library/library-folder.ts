import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Folder of the library: what was asked for, else WHEELHOUSE_LIBRARY, else `Wheelhouse` in the person's own folder. */
export function libraryFolder(asked?: string): string {
  return path.resolve(asked || process.env.WHEELHOUSE_LIBRARY || path.join(os.homedir(), 'Wheelhouse'));
}

/** Models that come with Wheelhouse: folder by id. */
export function builtinModels(): Record<string, string> {
  const folder = path.resolve(import.meta.dirname, '../../../models/default');
  return existsSync(path.join(folder, 'model.json')) ? { default: folder } : {};
}
