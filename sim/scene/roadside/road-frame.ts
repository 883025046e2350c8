import type { Track, TrackPoint } from '../../track/track.ts';

/** A place in the world, given along the road. */
export interface RoadFrame {
  /** @param up above the road's surface, carried on sideways [m] */
  at(s: number, lateral: number, up: number): [x: number, y: number, z: number];
  /** Unit vector to the left at `s`. */
  left(s: number): [x: number, y: number];
}

export function createRoadFrame(track: Track): RoadFrame {
  const point: TrackPoint = { x: 0, y: 0, z: 0, heading: 0, curvature: 0, grade: 0, bank: 0 };
  return {
    at(s, lateral, up) {
      const { x, y, z, heading, bank } = track.pointAt(s, point);
      const [sin, cos] = [Math.sin(heading), Math.cos(heading)];
      return [x - sin * lateral, y + cos * lateral, z + lateral * Math.tan(bank) + up];
    },
    left(s) {
      const { heading } = track.pointAt(s, point);
      return [-Math.sin(heading), Math.cos(heading)];
    },
  };
}
