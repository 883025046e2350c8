import type { Point } from './episode-pictures.ts';

/** A stretch of the plane and the picture that it is drawn into. */
export interface MapView {
  readonly width: number;
  readonly height: number;
  /** Pixels a metre. */
  readonly scale: number;
  toPicture(point: Point): Point;
}

/** Free space around what is shown [picture units]. */
const MARGIN = 18;
/** Room below it for the scale bar. */
const FOOT = 14;

/**
 * The view that shows all points, as large as fits into the box; the picture is no higher than it needs to be.
 * @param box largest width and height of the picture
 */
export function viewOfAll(points: readonly Point[], box: { width: number; height: number }): MapView {
  let [west, east, south, north] = [Number.POSITIVE_INFINITY, -Infinity, Number.POSITIVE_INFINITY, -Infinity];
  for (const [x, y] of points) {
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    [west, east] = [Math.min(west, x), Math.max(east, x)];
    [south, north] = [Math.min(south, y), Math.max(north, y)];
  }
  if (west > east) [west, east, south, north] = [0, 1, 0, 1];
  const spanX = Math.max(1, east - west);
  const spanY = Math.max(1, north - south);
  const scale = Math.min((box.width - 2 * MARGIN) / spanX, (box.height - 2 * MARGIN - FOOT) / spanY);
  const height = Math.max(120, spanY * scale + 2 * MARGIN + FOOT);
  return view(box.width, height, scale, [(west + east) / 2, (south + north) / 2 - FOOT / 2 / scale]);
}

/** The view of a square of that side around a point [m]. */
export function viewAround(centre: Point, side: number, size: number): MapView {
  return view(size, size, size / side, centre);
}

function view(width: number, height: number, scale: number, [x0, y0]: Point): MapView {
  // North is up in the world and y is down in the picture.
  return {
    width,
    height,
    scale,
    toPicture: ([x, y]) => [width / 2 + (x - x0) * scale, height / 2 - (y - y0) * scale],
  };
}

/** Whether a point of the picture lies in it, or nearly. */
export function isVisible({ width, height }: MapView, [x, y]: Point, margin: number): boolean {
  return x > -margin && y > -margin && x < width + margin && y < height + margin;
}

/** A round length that is about a fifth of the picture wide [m]. */
export function scaleBarLength({ width, scale }: MapView): number {
  const wanted = width / 5 / scale;
  const power = 10 ** Math.floor(Math.log10(wanted));
  return [5, 2, 1].map((step) => step * power).find((length) => length <= wanted)!;
}
