import type { FileStorage } from './storage.ts';

/** Paths of all files of a storage, or of a folder in it. */
export async function allFiles(storage: FileStorage, folder = ''): Promise<string[]> {
  const paths: string[] = [];
  for (const { name, kind } of await storage.list(folder)) {
    const whole = folder === '' ? name : `${folder}/${name}`;
    paths.push(...(kind === 'file' ? [whole] : await allFiles(storage, whole)));
  }
  return paths;
}
