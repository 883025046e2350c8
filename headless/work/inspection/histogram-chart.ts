import { scaleLinear } from 'd3-scale';
import type { Histogram } from '../../../datasets/inspection/column-statistics.ts';
import { fixed } from '../../../evaluation/numbers.ts';
import { html, type Markup } from '../../../evaluation/report/markup.ts';
import { counted } from '../../../sim/counted.ts';

const WIDTH = 460;
const HEIGHT = 190;
const LEFT = 12;
const TOP = 30;
const BOTTOM = 44;

/**
 * Counts as bars. Their height is the square root of the share, so that the rare bends beside a tall bar of straight
 * driving can still be seen; the bar that holds zero stands out.
 * @param factor from the histogram's unit to the one shown
 */
export function histogramChart(title: string, unit: string, { min, max, counts }: Histogram, factor = 1): Markup {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const tallest = Math.max(1, ...counts);
  const spread = max > min ? max - min : 1;
  const x = scaleLinear([min * factor, (min + spread) * factor], [LEFT, WIDTH - LEFT]);
  const y = scaleLinear([0, 1], [HEIGHT - BOTTOM, TOP]);
  const wide = (WIDTH - 2 * LEFT) / Math.max(1, counts.length);
  const ticks = x.ticks(7);
  const digits = ticks.length < 2 ? 0 : Math.max(0, -Math.floor(Math.log10(ticks[1]! - ticks[0]!) + 1e-9));
  return html`<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="histogram of ${title}">
<text class="panel-title" x="${LEFT}" y="20">${title} <tspan class="unit">[${unit}]</tspan></text>
<text class="tick" x="${WIDTH - LEFT}" y="20" text-anchor="end">${counted(total, 'sample')}, height: √ share</text>
${counts.map((count, bin) => {
  if (count === 0) return null;
  const from = min + (bin * spread) / counts.length;
  const to = min + ((bin + 1) * spread) / counts.length;
  const top = y(Math.sqrt(count / tallest));
  const middle = from <= 0 && to > 0 && min < 0;
  return html`<rect class="bar${middle && ' middle'}" x="${(LEFT + bin * wide + 0.5).toFixed(1)}" y="${top.toFixed(1)}" width="${Math.max(0.5, wide - 1).toFixed(1)}" height="${(HEIGHT - BOTTOM - top).toFixed(1)}"><title>${fixed(from * factor, digits + 1)} to ${fixed(to * factor, digits + 1)} ${unit}: ${count} (${fixed((100 * count) / total, 1)} %)</title></rect>`;
})}
<path class="grid" d="M${LEFT} ${HEIGHT - BOTTOM}H${WIDTH - LEFT}"/>
${ticks.map((tick) => html`<text class="tick" x="${x(tick).toFixed(1)}" y="${HEIGHT - BOTTOM + 17}" text-anchor="middle">${fixed(tick, digits)}</text>`)}
${min < 0 && html`<text class="tick" x="${LEFT}" y="${HEIGHT - 8}">right</text><text class="tick" x="${WIDTH - LEFT}" y="${HEIGHT - 8}" text-anchor="end">left</text>`}
</svg>`;
}
