import type { Track, TrackPoint } from '../track.ts';

/** The point of the reference line at `s` in the coordinates of the file that the road comes from. */
export function inFile(track: Track, s: number): TrackPoint {
  const { x, y, z } = track.origin ?? { x: 0, y: 0, z: 0 };
  const point = track.pointAt(s);
  return { ...point, x: point.x + x, y: point.y + y, z: point.z + z };
}
