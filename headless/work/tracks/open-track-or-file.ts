import { readFile } from 'node:fs/promises';
import { decodeText } from '../../../sim/decode-text.ts';
import { Refusal } from '../../../sim/refusal.ts';
import { openTrack } from '../../../sim/track/catalogue.ts';
import { isTrackFile, TRACK_FILE_ENDINGS, trackFromFile } from '../../../sim/track/from-file.ts';
import type { Track } from '../../../sim/track/track.ts';

/**
 * A road as a person names it: a built-in id, `<family>:<seed>`, or the path of a file whose ending says that it is one.
 * @throws Refusal when there is no such road or file, or the file is refused
 */
export async function openTrackOrFile(name: string): Promise<Track> {
  return isTrackFile(name) ? trackFromFile(await readRoadFile(name), name) : openTrack(name);
}

/**
 * The contents of a file that holds roads.
 * @throws Refusal `unreadable-file`
 */
export async function readRoadFile(file: string): Promise<string> {
  try {
    return decodeText(await readFile(file));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const what = code === 'ENOENT' ? 'is not there' : `cannot be read (${code})`;
    throw new Refusal('unreadable-file', file, what, `name a file that ends in ${TRACK_FILE_ENDINGS.join(' or ')}`);
  }
}
