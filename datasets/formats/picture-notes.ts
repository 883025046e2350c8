import type { PictureIndex } from './picture-index.ts';

/**
 * What to tell of the pictures in a folder that no row of its table names.
 * @param used their paths, each once
 */
export function unusedPictures(index: PictureIndex, used: ReadonlySet<string>, table: string): string[] {
  const count = index.count - used.size;
  return count > 0
    ? [`${count.toLocaleString('en')} pictures in the folder have no row in ${table} and are left out`]
    : [];
}
