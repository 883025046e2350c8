import path from 'node:path';
import { roadHash } from '../../../evaluation/roads/road-files.ts';
import type { Suite } from '../../../evaluation/suites/suite.ts';
import { CLEAR_DAY } from '../../../sim/conditions/conditions.ts';
import type { EpisodeSpec } from '../../../sim/episode/spec.ts';
import { openTrack } from '../../../sim/track/catalogue.ts';
import { namedTrackFromFile } from '../../../sim/track/from-file.ts';
import type { Track } from '../../../sim/track/track.ts';
import { parseTrackName } from '../../../sim/track/track-name.ts';
import { readRoadFile } from '../tracks/open-track-or-file.ts';

/**
 * A suite of one road on a clear day. A road file is called by its name alone in it: where it lies is nobody's business.
 * @param name see `openTrackOrFile`
 * @param route how far is driven; once round, or to its end, when absent [m]
 * @returns with what was tolerated in the road's file or left out of it, for people
 * @throws Refusal when there is no such road or file, or the file is refused
 */
export async function suiteOfTrack(
  name: string,
  { seed, route }: { readonly seed: number; readonly route?: number },
): Promise<Suite & { readonly notes: readonly string[] }> {
  const { track, ...road } = await openRoad(name);
  const episode: EpisodeSpec = {
    track: track.id,
    ...(road.trackHash !== undefined && { trackHash: road.trackHash }),
    seed,
    conditions: { ...CLEAR_DAY, colourSeed: seed },
    route: route ?? track.length,
    actuation: 'angle',
  };
  const { notes = [] } = track;
  const description = `Once along ${track.name}.`;
  return { name: track.id, description, episodes: [episode], ...(road.roads && { roads: road.roads }), notes };
}

async function openRoad(
  name: string,
): Promise<{ track: Track; trackHash?: string; roads?: NonNullable<Suite['roads']> }> {
  const named = parseTrackName(name);
  if (named === null) return { track: openTrack(name) };
  const text = await readRoadFile(named.file);
  // Refusals name the file as the person did.
  namedTrackFromFile(name, text);
  const file = path.basename(named.file);
  const track = namedTrackFromFile(`${file}${name.slice(named.file.length)}`, text);
  return { track, trackHash: roadHash(text), roads: { [file]: text } };
}
