import type { Histogram } from '../../../datasets/inspection/column-statistics.ts';
import { fixed } from '../../../evaluation/numbers.ts';
import { html, type Markup } from '../../../evaluation/report/markup.ts';
import type { ModelInspection } from './model-inspection.ts';
import { inspectionPage } from './page.ts';

/** The first filters, as a picture. */
export interface FilterPicture {
  readonly name: string;
  readonly count: number;
  readonly png: Uint8Array;
}

/** Everything about a model on one page. */
export function modelPage(model: ModelInspection, filters: FilterPicture | undefined): string {
  const { name, spec, parameters, multiplyAdds, training } = model;
  const { width, height, time, rate, colourSpace, crop, normalisation } = spec.input;
  const cropped = Object.entries(crop).filter(([, share]) => share > 0);
  return inspectionPage(
    name,
    html`<header>
<p class="brand">wheelhouse model</p>
<h1>${name} <span class="on">${spec.architecture}</span></h1>
<dl class="figures">
<div><dt>parameters</dt><dd>${grouped(parameters)}</dd></div>
<div><dt>million multiply-adds a frame</dt><dd>${fixed(multiplyAdds / 1e6, 2)}</dd></div>
<div><dt>input</dt><dd>${width}×${height}</dd></div>
<div><dt>window</dt><dd>${time} frames</dd></div>
<div><dt>rate</dt><dd>${fixed(rate, 1)} Hz</dd></div>
</dl>
<p class="facts">It sees ${colourSpace}, ${cropped.length === 0 ? 'the whole frame' : `with ${cropped.map(([side, share]) => `${fixed(share * 100, 0)} % cut off (${side})`).join(', ')}`}, as (value − ${normalisation.mean.map((value) => fixed(value, 1)).join(', ')}) / ${normalisation.std.map((value) => fixed(value, 1)).join(', ')}.</p>
</header>
<section><h2>Outputs</h2><div class="scroll"><table><thead><tr><th>output</th><th>unit</th><th>scale</th><th>offset</th></tr></thead><tbody>${spec.outputs.map(
      (output) =>
        html`<tr><th scope="row">${output.name}</th><td>${output.unit}</td><td>${fixed(output.scale, 4)}</td><td>${fixed(output.offset, 4)}</td></tr>`,
    )}</tbody></table></div></section>
${training !== null && html`<section><h2>Training</h2>${facts(training)}</section>`}
${filters !== undefined && html`<section><h2>First filters</h2><p class="facts">${filters.count} filters of ${filters.name}, each scaled to its own largest weight; grey is 0.</p><div class="filters"><img src="data:image/png;base64,${Buffer.from(filters.png).toString('base64')}" alt="first filters"/></div></section>`}
<section><h2>Variables</h2>${variableTable(model)}</section>
<section><h2>Options</h2>${facts(spec.options)}</section>`,
  );
}

function grouped(count: number): string {
  return count.toLocaleString('en-GB').replaceAll(',', '\u202f');
}

function facts(values: Readonly<Record<string, unknown>>): Markup {
  return html`<div class="scroll"><table class="left"><tbody>${Object.entries(values).map(
    ([key, value]) =>
      html`<tr><th scope="row">${key}</th><td>${typeof value === 'string' ? value : JSON.stringify(value)}</td></tr>`,
  )}</tbody></table></div>`;
}

function variableTable({ variables }: ModelInspection): Markup {
  return html`<div class="scroll"><table class="left"><thead><tr><th>variable</th><th>shape</th><th>numbers</th><th>smallest</th><th>mean</th><th>largest</th><th>deviation</th><th>spread</th></tr></thead>
<tbody>${variables.map(
    ({ name, shape, count, min, mean, max, deviation, histogram }) =>
      html`<tr><th scope="row">${name}</th><td>${shape.join(' × ')}</td><td>${grouped(count)}</td><td>${fixed(min, 3)}</td><td>${fixed(mean, 4)}</td><td>${fixed(max, 3)}</td><td>${fixed(deviation, 4)}</td><td>${spread(histogram)}</td></tr>`,
  )}</tbody></table></div>`;
}

/** A histogram as small as a word. */
function spread({ counts }: Histogram): Markup {
  const tallest = Math.max(1, ...counts);
  return html`<svg class="spread" viewBox="0 0 ${counts.length * 4} 24" aria-hidden="true">${counts.map(
    (count, bin) => {
      const high = 24 * Math.sqrt(count / tallest);
      return (
        count > 0 &&
        html`<rect class="bar" x="${bin * 4}" y="${(24 - high).toFixed(1)}" width="3" height="${high.toFixed(1)}"/>`
      );
    },
  )}</svg>`;
}
