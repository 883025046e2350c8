import type { Evaluation } from '../files/evaluation.ts';
import type { Metrics } from '../metrics/scores.ts';
import { html, type Markup } from './markup.ts';

/** What the metrics mean, how each becomes one figure for the suite, and by which version of its formula. */
export function metricNotes({ metrics: versions }: Evaluation, metrics: Metrics): Markup {
  return html`<section class="notes"><h2>What the numbers mean</h2><dl>
${metrics.map(({ key, name, formula, explanation, total }) => {
  const version = versions[key];
  return html`<div><dt>${name}${version !== undefined && html` <small>version ${version}</small>`}</dt><dd>${formula}. ${explanation}. Over a suite: ${total.words}.</dd></div>`;
})}
</dl></section>`;
}
