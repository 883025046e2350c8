import type { Track } from '../../../sim/track/track.ts';

/** A road seen from above, for an SVG. The y axis points down there, so north is up. */
export interface RoadPlan {
  /** Path data of the reference line [m]. */
  readonly path: string;
  readonly viewBox: string;
  /** The longer side of the view [m]; line widths go by it. */
  readonly size: number;
}

/** Distance between two points of the drawn line [m]. */
const STEP = 8;

export function planOf(track: Track): RoadPlan {
  const count = Math.max(2, Math.ceil(track.length / STEP));
  const points: { x: number; y: number }[] = [];
  for (let i = 0; i <= count; i++) {
    const { x, y } = track.pointAt((i / count) * track.length * (track.closed ? 1 - 1e-9 : 1));
    points.push({ x, y: -y });
  }
  const xs = points.map((point) => point.x);
  const ys = points.map((point) => point.y);
  const left = Math.min(...xs);
  const top = Math.min(...ys);
  const width = Math.max(...xs) - left;
  const height = Math.max(...ys) - top;
  const size = Math.max(width, height, 1);
  const margin = size * 0.07;
  const line = points.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L');
  return {
    path: `M${line}${track.closed ? 'Z' : ''}`,
    viewBox: [left - margin, top - margin, width + 2 * margin, height + 2 * margin].map((n) => n.toFixed(1)).join(' '),
    size,
  };
}
