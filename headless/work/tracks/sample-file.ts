import path from 'node:path';
import { trackFromFile } from '../../../sim/track/from-file.ts';
import { readOpenDrive } from '../../../sim/track/opendrive/network.ts';
import { type SampledRoad, sampleOpenDrive } from '../../../sim/track/opendrive/sample.ts';
import type { Track } from '../../../sim/track/track.ts';
import { readRoadFile } from './open-track-or-file.ts';

/** Points along the roads of files, in the form of a file of reference points. */
export interface SampledFiles {
  readonly about: string;
  readonly files: readonly { readonly file: string; readonly roads: readonly SampledRoad[] }[];
}

/**
 * Samples every road of a file at the middles of equal parts. Of a CSV centre line the one road has the id `0` and its
 * two borders as the lanes 1 and -1.
 * @param count points a road
 * @throws Refusal when the file is missing or refused
 */
export async function sampleFile(file: string, count: number): Promise<SampledFiles> {
  const text = await readRoadFile(file);
  const roads = file.toLowerCase().endsWith('.xodr')
    ? sampleOpenDrive(readOpenDrive(text, file), count)
    : [sampleTrack(trackFromFile(text, file), count)];
  const about =
    `Points along roads, without superelevation. Per road: ${count} samples at the middle of equal parts; x, y, z of ` +
    'the reference line [m], hdg of its tangent [rad], and per lane the outer border t [m] and its x, y.';
  return { about, files: [{ file: path.basename(file), roads }] };
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
