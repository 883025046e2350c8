import { scaleLinear, scalePoint } from 'd3-scale';
import { line } from 'd3-shape';
import { html, Markup } from '../../../evaluation/report/markup.ts';
import type { SearchRow } from '../../../models/search/search.ts';

const [WIDTH, HEIGHT, MARGIN] = [900, 420, 60];

/**
 * A page with a picture of a search: an axis for each option and one for the error in validation, a line for each setting,
 * darker the better.
 */
export function parallelCoordinates(title: string, rows: readonly SearchRow[]): string {
  const shown = rows.filter(({ mean }) => mean !== null);
  const names = Object.keys(rows[0]?.setting ?? {});
  const axes = [...names, 'validation error'];
  const valueOn = (row: SearchRow, axis: string) => (axis === 'validation error' ? row.mean! : row.setting[axis]!);
  const place = scalePoint(axes, [MARGIN, WIDTH - MARGIN]);
  const scales = new Map(axes.map((axis) => [axis, axisScale(shown.map((row) => valueOn(row, axis)))]));
  const path = line();
  const lines = shown.map((row, rank) => {
    const points = axes.map((axis): [number, number] => [place(axis)!, scales.get(axis)!.at(valueOn(row, axis))]);
    const weight = 1 - rank / Math.max(1, shown.length);
    const told = `${Object.entries(row.setting)
      .map(([name, value]) => `${name} ${value}`)
      .join(', ')}: ${row.mean}`;
    return html`<path d="${path(points)!}" fill="none" stroke="${rank === 0 ? '#c2410c' : '#1d4ed8'}"
      stroke-width="${(1 + 2 * weight).toFixed(1)}" stroke-opacity="${(0.2 + 0.7 * weight).toFixed(2)}"><title>${told}</title></path>`;
  });
  const drawn = axes.map((axis) => {
    const x = place(axis)!;
    const ticks = scales
      .get(axis)!
      .ticks.map(([text, y]) => html`<text x="${x + 6}" y="${y + 4}" font-size="11">${text}</text>`);
    return html`<line x1="${x}" x2="${x}" y1="${MARGIN}" y2="${HEIGHT - MARGIN}" stroke="#888"/>
      <text x="${x}" y="${MARGIN - 20}" text-anchor="middle" font-size="13">${axis}</text>${ticks}`;
  });
  const svg = html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="Settings and their error in validation">${lines}${drawn}</svg>`;
  const page = html`<title>${title}</title><h1>${title}</h1>
<p>A line for each setting; the lower at the last axis, the better. The best is orange.</p>${svg}`;
  const frame = new Markup('<!doctype html><html lang="en"><meta charset="utf-8">');
  return `${html`${frame}${page}</html>`}\n`;
}

/** Numbers lie where they belong, the rest is spread evenly in the order in which it comes. */
function axisScale(values: readonly (number | string | boolean | null)[]): {
  at(value: number | string | boolean | null): number;
  ticks: [text: string, y: number][];
} {
  const range = [HEIGHT - MARGIN, MARGIN];
  if (values.every((value): value is number => typeof value === 'number')) {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const scale = scaleLinear(low < high ? [low, high] : [low - 1, high + 1], range);
    const ticks = [...new Set(values)].length <= 8 ? [...new Set(values)] : scale.ticks(6);
    return {
      at: (value) => scale(value as number),
      ticks: ticks.map((tick) => [String(Number(tick.toPrecision(4))), scale(tick)]),
    };
  }
  const kinds = [...new Set(values.map(String))];
  const scale = scalePoint(kinds, range).padding(0.5);
  return { at: (value) => scale(String(value))!, ticks: kinds.map((kind) => [kind, scale(kind)!]) };
}
