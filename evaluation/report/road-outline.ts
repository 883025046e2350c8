import type { Track } from '../../sim/track/track.ts';
import type { RoadOutline } from './episode-pictures.ts';

/** Distance between two points of a road's outline [m]. */
const OUTLINE_STEP = 2;

/** The road from above: its middle and its edges. */
export function outlineOf(track: Track): RoadOutline {
  const centre: [number, number][] = [];
  const left: [number, number][] = [];
  const right: [number, number][] = [];
  const steps = Math.ceil(track.length / OUTLINE_STEP);
  for (let i = 0; i <= steps; i++) {
    const s = Math.min((i * track.length) / steps, track.length - (track.closed ? 1e-6 : 0));
    const { x, y, heading } = track.pointAt(s);
    const across = (offset: number): [number, number] => [
      x - Math.sin(heading) * offset,
      y + Math.cos(heading) * offset,
    ];
    centre.push([x, y]);
    left.push(across(track.leftEdge(s)));
    right.push(across(track.rightEdge(s)));
  }
  return { centre, left, right, closed: track.closed };
}
