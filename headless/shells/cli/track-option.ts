import { Option } from 'commander';
import type { Track } from '../../../sim/track/track.ts';
import type { Output } from '../../machine/terminal/output.ts';

/** How a track is named, for help. */
export const TRACK_SYNTAX =
  'a built-in track, <family>:<seed>, or a .csv or .xodr file; town.xodr#road=5,lane=-1,s=20 begins at that place';

/** What is driven on, the same for every command that drives one road. */
export function trackOption(): Option {
  return new Option('--track <id>', TRACK_SYNTAX).makeOptionMandatory();
}

/**
 * The track that a person names. What was tolerated in its file, or left out of it, is told.
 * @throws Refusal when there is no such road or file, or the file is refused
 */
export async function openNamedTrack(name: string, output: Output): Promise<Track> {
  const { openTrackOrFile } = await import('../../work/tracks/open-track-or-file.ts');
  const track = await openTrackOrFile(name);
  for (const note of track.notes ?? []) output.note(`${name}: ${note}`);
  return track;
}
