import { Refusal } from '../refusal.ts';
import { readCentreLine } from './csv/centre-line.ts';
import { openDriveTrack } from './opendrive/track.ts';
import type { Track } from './track.ts';
import { parseTrackName, type TrackStart } from './track-name.ts';

/**
 * A track from the contents of a file: a CSV centre line or an OpenDRIVE network.
 * @param text contents, decoded
 * @param file its name, whose ending says what it is
 * @param start where the drive begins in a network
 * @throws Refusal `unknown-format`, or what the format's reader refuses
 */
export function trackFromFile(text: string, file: string, start: TrackStart = {}): Track {
  const name = file.toLowerCase();
  if (name.endsWith('.xodr')) return openDriveTrack(text, file, start);
  if (name.endsWith('.csv')) {
    if (start.road === undefined) return readCentreLine(text, file);
    throw new Refusal(
      'bad-track',
      file,
      'a centre line has no roads to begin with',
      'name it without the part behind #',
    );
  }
  const mend = 'give a centre line (.csv) or OpenDRIVE (.xodr)';
  throw new Refusal('unknown-format', file, 'its ending names no format of roads', mend);
}

/**
 * The track of a name that is one of a file: its start is where it says, and the name is its id.
 * @param text contents of that file, decoded
 * @throws Refusal as `parseTrackName` and `trackFromFile` do
 */
export function namedTrackFromFile(name: string, text: string): Track {
  const { file, start } = parseTrackName(name) ?? { file: name, start: {} };
  return Object.assign(trackFromFile(text, file, start), { id: name });
}
