/** Files in a folder before the next folder is begun: LeRobot's `chunks_size`. */
export const CHUNK_FILES = 1000;

/** Which of the numbered files of a data set is meant, in the words of its path templates. */
export interface FilePlace {
  readonly chunk_index: number;
  readonly file_index: number;
}

/** @param number of the file, counted through all folders */
export function placeOf(number: number): FilePlace {
  return { chunk_index: Math.floor(number / CHUNK_FILES), file_index: number % CHUNK_FILES };
}

/**
 * Whether a file is to be left for the next one. An episode never lies in two files, so this is asked before each.
 * @param file samples in it and their size [bytes]
 * @param coming samples of the next episode, as far as is known
 * @param limit most bytes in a file, unless a single episode is larger
 */
export function isFull(
  file: { readonly samples: number; readonly bytes: number },
  coming: number,
  limit: number,
): boolean {
  return file.samples > 0 && (file.bytes / file.samples) * (file.samples + coming) > limit;
}
