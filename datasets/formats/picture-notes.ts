import type { PictureIndex } from './picture-index.ts';

/**
 * What to tell of the pictures in a folder: those that no row of its table names, and those that it names otherwise.
 * @param used paths of those that are named
 */
export function pictureNotes(index: PictureIndex, used: ReadonlySet<string>, table: string): string[] {
  const unused = index.count - used.size;
  const { otherEndings } = index;
  return [
    ...(unused > 0
      ? [`${unused.toLocaleString('en')} pictures in the folder have no row in ${table} and are left out`]
      : []),
    ...(otherEndings > 0 ? [`${otherEndings} pictures have another ending than ${table} says`] : []),
  ];
}
