import { Refusal } from '../refusal.ts';

/** Endings of the files that hold roads. */
export const TRACK_FILE_ENDINGS = ['.csv', '.xodr'] as const;

/** Where a drive begins in a file that holds many roads. */
export interface TrackStart {
  /** Id of the road. */
  readonly road?: string;
  /** Id of the lane, whose side says the direction. */
  readonly lane?: number;
  /** Along the road, whichever way it is driven [m]. */
  readonly s?: number;
}

/** A track's name that is one of a file, taken apart. */
export interface TrackFileName {
  readonly file: string;
  readonly start: TrackStart;
}

const EXAMPLE = 'write it as town.xodr#road=5,lane=-1,s=20';

/**
 * Takes a track's name apart: `<file>`, or `<file>#road=<id>,lane=<id>,s=<m>` with any of the last two left out.
 * @returns null for a name that is none of a file
 * @throws Refusal `bad-track` for a start that is not written so
 */
export function parseTrackName(name: string): TrackFileName | null {
  if (isFile(name)) return { file: name, start: {} };
  // A file's path may have the sign, too: the start is behind the first ending of a file.
  for (let at = name.indexOf('#'); at >= 0; at = name.indexOf('#', at + 1)) {
    const file = name.slice(0, at);
    if (isFile(file)) return { file, start: parseStart(name.slice(at + 1), name) };
  }
  return null;
}

function isFile(name: string): boolean {
  return TRACK_FILE_ENDINGS.some((ending) => name.toLowerCase().endsWith(ending));
}

function parseStart(text: string, name: string): TrackStart {
  const refuse = (what: string) => new Refusal('bad-track', `track ${name}`, what, EXAMPLE);
  const values = new Map<string, string>();
  for (const part of text.split(/[,;&]/)) {
    const [, key, value] = /^\s*(road|lane|s)\s*=\s*(.*?)\s*$/.exec(part) ?? [];
    if (key === undefined || value === undefined || value === '') throw refuse(`the start "${part}" is not known`);
    if (values.has(key)) throw refuse(`the start names ${key} twice`);
    values.set(key, value);
  }
  const [road, lane, s] = ['road', 'lane', 's'].map((key) => values.get(key));
  if (road === undefined) throw refuse('the start names no road');
  if (lane !== undefined && !/^-?[1-9]\d*$/.test(lane)) throw refuse(`the lane is "${lane}"`);
  if (s !== undefined && !(Number(s) >= 0)) throw refuse(`s is "${s}"`);
  return { road, ...(lane !== undefined && { lane: Number(lane) }), ...(s !== undefined && { s: Number(s) }) };
}
