import { readFile, stat } from 'node:fs/promises';
import { decodeText } from '../../../sim/decode-text.ts';
import { Refusal } from '../../../sim/refusal.ts';
import { openTrack } from '../../../sim/track/catalogue.ts';
import { namedTrackFromFile } from '../../../sim/track/from-file.ts';
import type { Track } from '../../../sim/track/track.ts';
import { parseTrackName, TRACK_FILE_ENDINGS } from '../../../sim/track/track-name.ts';

/** Whole cities are smaller than this [bytes]. */
const MAX_BYTES = 256 * 1024 * 1024;

/**
 * A road as a person names it: a built-in id, `<family>:<seed>`, or the path of a file whose ending says that it is one,
 * with a start behind it where one is wanted (`town.xodr#road=5,lane=-1,s=20`).
 * @throws Refusal when there is no such road or file, or the file is refused
 */
export async function openTrackOrFile(name: string): Promise<Track> {
  const named = parseTrackName(name);
  if (named === null) return openTrack(name);
  return namedTrackFromFile(name, await readRoadFile(named.file));
}

/**
 * The contents of a file that holds roads.
 * @throws Refusal `unreadable-file`, or `too-large`
 */
export async function readRoadFile(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size <= MAX_BYTES) return decodeText(await readFile(file));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const what = code === 'ENOENT' ? 'is not there' : `cannot be read (${code})`;
    throw new Refusal('unreadable-file', file, what, `name a file that ends in ${TRACK_FILE_ENDINGS.join(' or ')}`);
  }
  throw new Refusal('too-large', file, `is larger than ${MAX_BYTES} bytes`, 'cut out the part that is driven');
}
