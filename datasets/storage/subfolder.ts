import { pathParts } from './path.ts';
import type { FileStorage } from './storage.ts';

/** A folder of a storage as a storage of its own. Closing it leaves the whole open. */
export function subfolder(storage: FileStorage, folder: string): FileStorage {
  const name = `${storage.name}/${folder}`;
  const inside = (path: string) => `${folder}/${pathParts(name, path).join('/')}`;
  return {
    name,
    list: async (path = '') => storage.list(inside(path)),
    exists: async (path) => storage.exists(inside(path)),
    size: async (path) => storage.size(inside(path)),
    read: async (path) => storage.read(inside(path)),
    readRange: async (path, offset, length) => storage.readRange(inside(path), offset, length),
    ...(storage.openBlocking && { openBlocking: async (path: string) => storage.openBlocking!(inside(path)) }),
    write: async (path, content, options) => storage.write(inside(path), content, options),
    rename: async (from, to) => storage.rename(inside(from), inside(to)),
    openAppend: async (path, options) => storage.openAppend(inside(path), options),
    remove: async (path) => storage.remove(inside(path)),
    ...(storage.freeBytes && { freeBytes: async () => storage.freeBytes!() }),
    close: async () => {},
  };
}
