import { line } from 'd3-shape';
import type { EpisodeTrace, Point, TraceIntervention, TraceSample } from './episode-trace.ts';
import { ERROR_STEPS, errorClass } from './error-scale.ts';
import { isVisible, type MapView, scaleBarLength } from './map-view.ts';
import { html, type Markup } from './markup.ts';
import { fixed, sideways } from './numbers.ts';
import { thinLine } from './thin.ts';

/** Points of a line that lie nearer together than this are not told apart [picture units]. */
const RESOLUTION = 1;

const path = line<Point>().digits(1);

/** The road from above, the driven line on it coloured by lateral error, interventions, start and direction. */
export function roadPicture(trace: EpisodeTrace, view: MapView, label: string): Markup {
  return html`<svg class="map" viewBox="0 0 ${view.width.toFixed(0)} ${view.height.toFixed(0)}" role="img" aria-label="${label}">
${drawRoad(trace, view)}
${drawDrive(trace, view)}
${trace.interventions.map((one) => drawIntervention(one, view))}
${drawStart(trace.samples, view)}
${drawScaleBar(view)}
</svg>`;
}

function drawRoad({ road }: EpisodeTrace, view: MapView): Markup {
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
function drawDrive({ samples, interventions }: EpisodeTrace, view: MapView): Markup[] {
  const paths = new Map<string, string>();
  for (const stretch of stretches(
    samples,
    interventions.map((one) => one.time),
  )) {
    const points = stretch.map((sample) => view.toPicture([sample.x, sample.y]));
    const kept = thinLine(points, RESOLUTION);
    for (let i = 1; i < kept.length; i++) {
      const [from, to] = [kept[i - 1]!, kept[i]!];
      if (!isVisible(view, points[from]!, 20) && !isVisible(view, points[to]!, 20)) continue;
      const worst = Math.max(...stretch.slice(from, to + 1).map((sample) => Math.abs(sample.lateralError)));
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

/** The samples between the moments at which the car was put back. */
function stretches(samples: readonly TraceSample[], breaks: readonly number[]): TraceSample[][] {
  const parts: TraceSample[][] = [[]];
  let next = 0;
  for (const sample of samples) {
    if (!Number.isFinite(sample.x) || !Number.isFinite(sample.y)) continue;
    if (next < breaks.length && sample.time >= breaks[next]!) {
      parts.push([]);
      while (next < breaks.length && sample.time >= breaks[next]!) next++;
    }
    parts.at(-1)!.push(sample);
  }
  return parts;
}

function drawIntervention(one: TraceIntervention, view: MapView): Markup | null {
  const [x, y] = view.toPicture([one.x, one.y]);
  if (!isVisible(view, [x, y], 0)) return null;
  return html`<g class="intervention" transform="translate(${coordinates([x, y])})">
<title>put back at ${fixed(one.time, 1)} s, ${sideways(one.lateralError)} of the middle</title>
<circle r="8"/><path d="M-3.2-3.2 3.2 3.2M-3.2 3.2 3.2-3.2"/></g>`;
}

/** An arrow where the drive begins, pointing along it. */
function drawStart(samples: readonly TraceSample[], view: MapView): Markup | null {
  const first = samples[0];
  const ahead = samples.find((sample) => first && Math.hypot(sample.x - first.x, sample.y - first.y) > 3);
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
