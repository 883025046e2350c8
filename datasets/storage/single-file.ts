import { missingFile, pathParts } from './path.ts';
import type { FileStorage } from './storage.ts';

/** One file of a storage as a read-only storage that holds nothing else: for recordings that are a single file. */
export function singleFile(storage: FileStorage, file: string): FileStorage {
  const name = `${storage.name}/${file}`;
  const only = (path: string): string => {
    if (pathParts(name, path).join('/') !== file) throw missingFile(name, path);
    return file;
  };
  const readOnly = async (): Promise<never> => {
    throw new Error(`${name} is read-only`);
  };
  return {
    name: storage.name,
    list: async (folder = '') => {
      if (pathParts(name, folder).length > 0) throw missingFile(name, folder);
      return [{ name: file, kind: 'file', size: await storage.size(file) }];
    },
    exists: async (path) => ['', file].includes(pathParts(name, path).join('/')) && storage.exists(file),
    size: async (path) => storage.size(only(path)),
    read: async (path) => storage.read(only(path)),
    readRange: async (path, offset, length) => storage.readRange(only(path), offset, length),
    ...(storage.openBlocking && { openBlocking: async (path: string) => storage.openBlocking!(only(path)) }),
    write: readOnly,
    rename: readOnly,
    openAppend: readOnly,
    remove: readOnly,
    close: () => storage.close(),
  };
}
