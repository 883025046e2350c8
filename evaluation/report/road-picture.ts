import { line } from 'd3-shape';
import { fixed, sideways } from '../numbers.ts';
import type { Intervention } from '../trace/drive-trace.ts';
import type { EpisodePictures, Point, RoadOutline } from './episode-pictures.ts';
import { ERROR_STEPS, errorClass } from './error-scale.ts';
import { isVisible, type MapView, scaleBarLength } from './map-view.ts';
import { html, type Markup } from './markup.ts';
import { type Moment, momentsOf } from './moments.ts';
import { thinLine } from './thin.ts';

/** Points of a line that lie nearer together than this are not told apart [picture units]. */
const RESOLUTION = 1;

const path = line<Point>().digits(1);

/** The road from above, the driven line on it coloured by lateral error, interventions, start and direction. */
export function roadPicture(
  { road, trace }: Pick<EpisodePictures, 'road' | 'trace'>,
  view: MapView,
  label: string,
): Markup {
  const moments = momentsOf(trace);
  return html`<svg class="map" viewBox="0 0 ${view.width.toFixed(0)} ${view.height.toFixed(0)}" role="img" aria-label="${label}">
${drawRoad(road, view)}
${drawDrive(moments, trace.interventions, view)}
${trace.interventions.map((one) => drawIntervention(one, view))}
${drawStart(moments, view)}
${drawScaleBar(view)}
</svg>`;
}

function drawRoad(road: RoadOutline, view: MapView): Markup {
  const ring = (points: readonly Point[]) => `${path(project(points, view, road.closed))}${road.closed ? 'Z' : ''}`;
  // A closed road is the ring between its edges; an open one is the strip from one edge to the other and back.
  const surface = road.closed
    ? `${ring(road.left)}${ring(road.right)}`
    : `${path([...project(road.left, view, false), ...project([...road.right].reverse(), view, false)])}Z`;
  return html`<path class="asphalt" fill-rule="evenodd" d="${surface}"/>
<path class="centre-line" stroke-dasharray="${(3 * view.scale).toFixed(1)} ${(6 * view.scale).toFixed(1)}" d="${ring(road.centre)}"/>`;
}

/** To the picture, thinned, and only the stretch that can be seen. */
function project(points: readonly Point[], view: MapView, closed: boolean): Point[] {
  const inPicture = points.filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y)).map(view.toPicture);
  const thinned = thinLine(inPicture, RESOLUTION).map((i) => inPicture[i]!);
  return closed ? thinned : thinned.filter((point) => isVisible(view, point, view.width));
}

/** One path for each colour; the line is broken where the car was put back. */
function drawDrive(moments: readonly Moment[], interventions: readonly Intervention[], view: MapView): Markup[] {
  const paths = new Map<string, string>();
  for (const stretch of stretches(
    moments,
    interventions.map((one) => one.time),
  )) {
    const points = stretch.map((moment) => view.toPicture([moment.x, moment.y]));
    const kept = thinLine(points, RESOLUTION);
    for (let i = 1; i < kept.length; i++) {
      const [from, to] = [kept[i - 1]!, kept[i]!];
      if (!isVisible(view, points[from]!, 20) && !isVisible(view, points[to]!, 20)) continue;
      const worst = Math.max(...stretch.slice(from, to + 1).map((moment) => Math.abs(moment.lateralError)));
      const name = errorClass(worst);
      const before = paths.get(name) ?? '';
      const [start, end] = [coordinates(points[from]!), coordinates(points[to]!)];
      paths.set(name, before.endsWith(start) ? `${before}L${end}` : `${before}M${start}L${end}`);
    }
  }
  return [...ERROR_STEPS.keys(), ERROR_STEPS.length]
    .filter((step) => paths.has(`e${step}`))
    .map((step) => html`<path class="driven e${step}" d="${paths.get(`e${step}`)!}"/>`);
}

function coordinates([x, y]: Point): string {
  return `${x.toFixed(1)},${y.toFixed(1)}`;
}

/** The stretches of a drive between the times at which the car was put back [s]. */
function stretches(moments: readonly Moment[], breaks: readonly number[]): Moment[][] {
  const parts: Moment[][] = [[]];
  let next = 0;
  for (const moment of moments) {
    if (!Number.isFinite(moment.x) || !Number.isFinite(moment.y)) continue;
    if (next < breaks.length && moment.time >= breaks[next]!) {
      parts.push([]);
      while (next < breaks.length && moment.time >= breaks[next]!) next++;
    }
    parts.at(-1)!.push(moment);
  }
  return parts;
}

function drawIntervention(one: Intervention, view: MapView): Markup | null {
  const [x, y] = view.toPicture([one.x, one.y]);
  if (!isVisible(view, [x, y], 0)) return null;
  return html`<g class="intervention" transform="translate(${coordinates([x, y])})">
<title>put back at ${fixed(one.time, 1)} s, ${sideways(one.lateralError)} of the middle</title>
<circle r="8"/><path d="M-3.2-3.2 3.2 3.2M-3.2 3.2 3.2-3.2"/></g>`;
}

/** An arrow where the drive begins, pointing along it. */
function drawStart(moments: readonly Moment[], view: MapView): Markup | null {
  const first = moments[0];
  const ahead = moments.find((moment) => first && Math.hypot(moment.x - first.x, moment.y - first.y) > 3);
  if (!first || !ahead) return null;
  const [x, y] = view.toPicture([first.x, first.y]);
  if (!isVisible(view, [x, y], 0)) return null;
  const [aheadX, aheadY] = view.toPicture([ahead.x, ahead.y]);
  const degrees = (Math.atan2(aheadY - y, aheadX - x) * 180) / Math.PI;
  return html`<g class="start" transform="translate(${coordinates([x, y])}) rotate(${degrees.toFixed(0)})">
<title>start and direction</title><path d="M-5-7 10 0-5 7-1 0Z"/></g>`;
}

function drawScaleBar(view: MapView): Markup {
  const metres = scaleBarLength(view);
  const end = 12 + metres * view.scale;
  const y = view.height - 10;
  return html`<g class="scale-bar"><rect x="6" y="${(y - 13).toFixed(1)}" width="${(end + 44).toFixed(1)}" height="18" rx="4"/><path d="M12 ${(y - 4).toFixed(1)}v4H${end.toFixed(1)}v-4"/>
<text class="tick" x="${(end + 6).toFixed(1)}" y="${y.toFixed(1)}">${metres} m</text></g>`;
}
