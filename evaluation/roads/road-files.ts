import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { EpisodeSpec } from '../../sim/episode/spec.ts';
import { Refusal } from '../../sim/refusal.ts';
import { openTrack } from '../../sim/track/catalogue.ts';
import { namedTrackFromFile } from '../../sim/track/from-file.ts';
import type { Track } from '../../sim/track/track.ts';
import { parseTrackName } from '../../sim/track/track-name.ts';

const ELSEWHERE =
  'lay the road file where its suite says, and use `wheelhouse evaluate --suite <file>`, which reads it there';

/** Texts of road files, decoded, by the names that tracks give to the files. */
export type RoadFiles = Readonly<Record<string, string>>;

/** Beside `evaluation.json`, with the road files that were driven on, so that a stranger can drive there again. */
export const ROADS_FOLDER = 'roads';

/** By which a road file is told from a changed one: SHA-256 of its text in UTF-8, hexadecimal. */
export function roadHash(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

/** The road file that an episode is driven on; null for roads that are made from a seed. */
export function roadFileOf({ track }: Pick<EpisodeSpec, 'track'>): string | null {
  return parseTrackName(track)?.file ?? null;
}

/** Where an evaluation keeps a road file. @param file as the track names it @param hash see `roadHash` */
export function keptRoadName(file: string, hash: string): string {
  return `${ROADS_FOLDER}/${hash}${file.slice(file.lastIndexOf('.')).toLowerCase()}`;
}

/** The text of a road file among these; undefined where it is not there. */
export function roadText(roads: RoadFiles, file: string): string | undefined {
  return Object.hasOwn(roads, file) ? roads[file] : undefined;
}

/**
 * The road of an episode.
 * @param roads the road files that its suite names
 * @throws Refusal `missing-road` or `changed-road` for a file that is not here, or not as it was; `unknown-track`,
 *   `bad-track` and what the file's reader refuses
 */
export function openEpisodeTrack(spec: Pick<EpisodeSpec, 'track' | 'trackHash'>, roads: RoadFiles = {}): Track {
  const file = roadFileOf(spec);
  if (file === null) return openTrack(spec.track);
  const text = roadText(roads, file);
  if (text === undefined) {
    throw new Refusal('missing-road', `track ${spec.track}`, `${file} is not here`, ELSEWHERE);
  }
  if (spec.trackHash !== undefined && roadHash(text) !== spec.trackHash) throw changedRoad(file, text, spec.trackHash);
  return namedTrackFromFile(spec.track, text);
}

/** A road file that is another one than was driven on. */
export function changedRoad(file: string, text: string, expected: string): Refusal {
  const short = (hash: string) => hash.slice(0, 12);
  const what = `has been changed: its SHA-256 begins with ${short(roadHash(text))}, not with ${short(expected)}`;
  return new Refusal('changed-road', file, what, 'put the file back as it was, or evaluate again');
}
