import { Refusal } from '../refusal.ts';
import { readCentreLine } from './csv/centre-line.ts';
import { openDriveTrack } from './opendrive/track.ts';
import type { Track } from './track.ts';

/** Endings of the files that hold roads. */
export const TRACK_FILE_ENDINGS = ['.csv', '.xodr'] as const;

/** Whether a track's id is the name of a file, by its ending. */
export function isTrackFile(id: string): boolean {
  return TRACK_FILE_ENDINGS.some((ending) => id.toLowerCase().endsWith(ending));
}

/**
 * A track from the contents of a file: a CSV centre line or an OpenDRIVE network.
 * @param text contents, decoded as UTF-8
 * @param file its name, whose ending says what it is
 * @throws Refusal `unknown-format`, or what the format's reader refuses
 */
export function trackFromFile(text: string, file: string): Track {
  const name = file.toLowerCase();
  if (name.endsWith('.csv')) return readCentreLine(text, file);
  if (name.endsWith('.xodr')) return openDriveTrack(text, file);
  const mend = 'give a centre line (.csv) or OpenDRIVE (.xodr)';
  throw new Refusal('unknown-format', file, 'its ending names no format of roads', mend);
}
