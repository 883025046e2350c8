import { counted } from '../../sim/counted.ts';
import type { PictureIndex } from './picture-index.ts';

/**
 * What to tell of the pictures in a folder: those that no row of its table names, and those that it names otherwise.
 * @param used paths of those that are named
 */
export function pictureNotes(index: PictureIndex, used: ReadonlySet<string>, table: string): string[] {
  const unused = index.count - used.size;
  const { otherEndings } = index;
  return [
    ...(unused > 0 ? [`${counted(unused, 'picture')} in the folder without a row in ${table}: left out`] : []),
    ...(otherEndings > 0
      ? [`${counted(otherEndings, 'picture has', 'pictures have')} another ending than ${table} says`]
      : []),
  ];
}
