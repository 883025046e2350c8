import path from 'node:path';
import { Refusal } from '../../../sim/refusal.ts';
import { trackFromFile } from '../../../sim/track/from-file.ts';
import { type OpenDriveNetwork, readOpenDrive } from '../../../sim/track/opendrive/network.ts';
import { findRoute, startOf } from '../../../sim/track/opendrive/route.ts';
import { type SampledRoad, sampleOpenDrive } from '../../../sim/track/opendrive/sample.ts';
import type { Track } from '../../../sim/track/track.ts';
import { parseTrackName, type TrackStart } from '../../../sim/track/track-name.ts';
import { readRoadFile } from './open-track-or-file.ts';

/** Points along the roads of files, in the form of a file of reference points. */
export interface SampledFiles {
  readonly about: string;
  readonly files: readonly { readonly file: string; readonly roads: readonly SampledRoad[] }[];
  /** What was tolerated in the file or left out of it, one line a kind. */
  readonly notes: readonly string[];
  /** Where a drive begins and how far it goes, or why there is none. */
  readonly drive: SampledDrive | string;
}

/** The drive that a file of roads offers. */
export interface SampledDrive {
  /** Behind `#`, as a track's name has it; empty for a centre line. */
  readonly start: string;
  /** [m] */
  readonly length: number;
  readonly closed: boolean;
}

/**
 * Samples every road of a file at the middles of equal parts. Of a CSV centre line the one road has the id `0` and its
 * two borders as the lanes 1 and -1.
 * @param name the file, with the start of a drive behind it where one is wanted
 * @param count points a road
 * @throws Refusal when the file is missing or refused
 */
export async function sampleFile(name: string, count: number): Promise<SampledFiles> {
  const { file, start } = parseTrackName(name) ?? { file: name, start: {} };
  const { roads, notes, drive } = sampleRoads(await readRoadFile(file), file, start, count);
  const about =
    `Points along roads, without superelevation. Per road: ${count} samples at the middle of equal parts; x, y, z of ` +
    'the reference line [m], hdg of its tangent [rad], and per lane the outer border t [m] and its x, y.';
  return { about, files: [{ file: path.basename(file), roads }], notes, drive };
}

function sampleRoads(text: string, file: string, start: TrackStart, count: number) {
  if (!file.toLowerCase().endsWith('.xodr')) {
    const track = trackFromFile(text, file, start);
    const drive: SampledDrive = { start: '', length: track.length, closed: track.closed };
    return { roads: [sampleTrack(track, count)], notes: track.notes ?? [], drive };
  }
  const network = readOpenDrive(text, file);
  return { roads: sampleOpenDrive(network, count), notes: network.notes, drive: driveIn(network, start) };
}

/** What can be driven, or why nothing can: the points along the roads are there all the same. */
function driveIn(network: OpenDriveNetwork, start: TrackStart): SampledDrive | string {
  try {
    const route = findRoute(network, start);
    return { start: startOf(route), length: route.length, closed: route.closed };
  } catch (error) {
    if (error instanceof Refusal && error.code === 'undrivable') return error.message;
    throw error;
  }
}

function sampleTrack(track: Track, count: number): SampledRoad {
  const { origin = { x: 0, y: 0, z: 0 } } = track;
  const samples = Array.from({ length: count }, (_, i) => {
    const s = ((i + 0.5) * track.length) / count;
    const { heading, ...point } = track.pointAt(s);
    const [x, y, z] = [point.x + origin.x, point.y + origin.y, point.z + origin.z];
    const border = (id: number, outer_t: number) => ({
      id,
      type: id === 0 ? 'none' : 'driving',
      outer_t,
      outer_x: x - outer_t * Math.sin(heading),
      outer_y: y + outer_t * Math.cos(heading),
    });
    return {
      s,
      x,
      y,
      z,
      hdg: Math.atan2(Math.sin(heading), Math.cos(heading)),
      lanes: [border(-1, track.rightEdge(s)), border(0, 0), border(1, track.leftEdge(s))],
    };
  });
  return { id: '0', length: track.length, junction: '-1', samples };
}
