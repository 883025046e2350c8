import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { fixed } from '../numbers.ts';
import { html, type Markup } from './markup.ts';
import { thinSeries } from './thin.ts';

/** One curve over time. */
export interface Curve {
  readonly label: string;
  /** Class that gives it its colour and dashes: `commanded`, `expert`, `actual`, `plain`. */
  readonly look: string;
  readonly values: readonly number[];
}

/** Curves that share a vertical axis. */
export interface Panel {
  readonly title: string;
  readonly unit: string;
  readonly curves: readonly Curve[];
  /** Horizontal lines that mean something, e.g. where the car is put back. */
  readonly limits?: readonly number[];
  /** Values that are shown in any case. */
  readonly include?: readonly number[];
}

export interface TimeChart {
  /** Of all curves, ascending [s]. */
  readonly times: readonly number[];
  readonly panels: readonly Panel[];
  /** Stretches of time that are shaded, and what their beginning says when pointed at [s]. */
  readonly shaded: readonly { readonly from: number; readonly to: number; readonly says: string }[];
  /** Label of the common axis. Default: `time [s]`. */
  readonly axis?: string;
}

const WIDTH = 920;
const LEFT = 54;
const RIGHT = 14;
const TITLE = 28;
const PANEL = 92;
const GAP = 8;
const AXIS = 34;
/** Columns of a curve; two points each at most. */
const COLUMNS = 420;

/** Panels one above the other on a common time axis. */
export function timeChart({ times, panels, shaded, axis = 'time [s]' }: TimeChart, label: string): Markup {
  const end = Math.max(1, times.at(-1) ?? 1);
  const x = scaleLinear([Math.min(0, times[0] ?? 0), end], [LEFT, WIDTH - RIGHT]);
  const step = TITLE + PANEL + GAP;
  const bottom = panels.length * step - GAP;
  const height = bottom + AXIS;
  return html`<svg class="chart" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${label}">
${panels.map((panel, i) => drawPanel(panel, times, x, i * step, shaded))}
${x.ticks(10).map((tick) => html`<text class="tick" x="${x(tick).toFixed(1)}" y="${bottom + 15}" text-anchor="middle">${fixed(tick, 0)}</text>`)}
<text class="tick" x="${WIDTH - RIGHT}" y="${bottom + 30}" text-anchor="end">${axis}</text>
</svg>`;
}

type Scale = ReturnType<typeof scaleLinear<number, number>>;

function drawPanel(panel: Panel, times: readonly number[], x: Scale, top: number, shaded: TimeChart['shaded']): Markup {
  const upper = top + TITLE;
  const lower = upper + PANEL;
  const y = scaleLinear(extentOf(panel), [lower, upper]).nice(4);
  const [start = 0, end = 0] = x.range();
  const ticks = y.ticks(4);
  const digits = decimals(ticks);
  const clamp = (time: number) => Math.min(end, Math.max(start, x(time)));
  return html`<g class="panel">
${merged(shaded).map(([from, to]) => html`<rect class="shaded" x="${clamp(from).toFixed(1)}" y="${upper}" width="${(clamp(to) - clamp(from)).toFixed(1)}" height="${PANEL}"/>`)}
${x.ticks(10).map((tick) => html`<path class="grid" d="M${x(tick).toFixed(1)} ${upper}V${lower}"/>`)}
${ticks.map((tick) => html`<path class="grid${tick === 0 ? ' zero' : ''}" d="M${start} ${y(tick).toFixed(1)}H${end}"/><text class="tick" x="${LEFT - 6}" y="${(y(tick) + 4).toFixed(1)}" text-anchor="end">${fixed(tick, digits)}</text>`)}
${(panel.limits ?? []).map((limit) => html`<path class="limit" d="M${start} ${y(limit).toFixed(1)}H${end}"/>`)}
${shaded.map(({ from, says }) => html`<path class="moment" d="M${clamp(from).toFixed(1)} ${upper}V${lower}"><title>${says}</title></path>`)}
${panel.curves.map((curve) => drawCurve(curve, times, x, y))}
${drawTitle(panel, top + 18)}
</g>`;
}

/** Stretches that touch become one, so that the shade is even. */
function merged(shaded: TimeChart['shaded']): [number, number][] {
  const stretches: [number, number][] = [];
  for (const { from, to } of [...shaded].sort((a, b) => a.from - b.from)) {
    const last = stretches.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else stretches.push([from, to]);
  }
  return stretches;
}

function drawCurve({ look, values }: Curve, times: readonly number[], x: Scale, y: Scale): Markup {
  const path = line<number>(
    (i) => x(times[i]!),
    (i) => y(values[i]!),
  ).digits(1);
  return html`<path class="curve ${look}" d="${path(thinSeries(times, values, COLUMNS)) ?? ''}"/>`;
}

/** The panel's name and, where there are several curves, a key to them. */
function drawTitle({ title, unit, curves }: Panel, baseline: number): Markup {
  let left = WIDTH - RIGHT;
  const keys = curves.length < 2 ? [] : [...curves].reverse();
  return html`<text class="panel-title" x="${LEFT}" y="${baseline}">${title} <tspan class="unit">[${unit}]</tspan></text>
${keys.map(({ label, look }) => {
  left -= label.length * 7.2 + 34;
  return html`<path class="curve ${look}" d="M${left.toFixed(1)} ${baseline - 4}h22"/><text class="tick" x="${(left + 27).toFixed(1)}" y="${baseline}">${label}</text>`;
})}`;
}

function extentOf({ curves, limits = [], include = [] }: Panel): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const values of [limits, include, ...curves.map((curve) => curve.values)]) {
    for (const value of values) {
      if (!Number.isFinite(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (low > high) return [0, 1];
  // A curve that never moves still needs an axis.
  return low === high ? [low - 1, high + 1] : [low, high];
}

/** Digits that tell the ticks apart. */
function decimals(ticks: readonly number[]): number {
  const step = ticks.length < 2 ? 1 : Math.abs(ticks[1]! - ticks[0]!);
  return Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
}
