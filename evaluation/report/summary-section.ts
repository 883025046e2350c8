import { counted } from '../../sim/counted.ts';
import { INTERVENTION_DISTANCE } from '../../sim/episode/episode.ts';
import { episodeName } from '../episode-key.ts';
import type { EpisodeResult, Evaluation } from '../files/evaluation.ts';
import { INTERVENTION_COST } from '../metrics/autonomy.ts';
import { type Metrics, metricsIn, scoreText } from '../metrics/scores.ts';
import { fixed } from '../numbers.ts';
import { unfinishedRoutes } from '../unfinished.ts';
import { arithmeticOf } from './arithmetic.ts';
import type { EpisodePictures, Point } from './episode-pictures.ts';
import { viewOfAll } from './map-view.ts';
import { html, type Markup } from './markup.ts';
import { roadPicture } from './road-picture.ts';

/** The head of a report: what drove where and how well. */
export function summaryHeader(
  { model, suite, backend, adapter, summary, episodes }: Evaluation,
  metrics: Metrics,
): Markup {
  const seconds = episodes.reduce((sum, episode) => sum + episode.simulatedSeconds, 0);
  return html`<header>
<p class="brand">wheelhouse evaluation</p>
<h1>${model} <span class="on">on</span> ${suite}</h1>
<dl class="figures">
${metricsIn('headline', metrics).map((metric) => html`<div><dt>${metric.name}</dt><dd>${scoreText(metric, summary)}</dd></div>`)}
<div><dt>driven</dt><dd>${fixed(seconds / 60, 1)} min</dd></div>
<div><dt>speed of the evaluation</dt><dd>${fixed(summary.realTimeFactor, 1)} × real time</dd></div>
</dl>
<p class="facts">${arithmeticOf(summary, episodes, metrics).map((line) => html`${line}, over ${counted(episodes.length, 'episode')}. `)}
${unfinishedSentence(episodes)}
The car is put back when it is more than ${INTERVENTION_DISTANCE} m from the middle of its lane, and each time counts as ${INTERVENTION_COST} s.</p>
<p class="facts">${backend === 'none' ? 'No network.' : html`Network on ${backend}.`} ${adapter === 'none' ? 'No frames.' : html`Frames drawn by ${emphasised(adapter)}.`}</p>
</header>`;
}

function unfinishedSentence(episodes: Evaluation['episodes']): Markup | string {
  const unfinished = unfinishedRoutes(episodes);
  return unfinished === null ? '' : html`<strong>${unfinished}.</strong>`;
}

/** Software rendering must catch the eye. */
function emphasised(adapter: string): Markup[] {
  return adapter
    .split(/(software(?: rendering)?)/i)
    .map((part, i) => (i % 2 === 1 ? html`<strong>${part}</strong>` : html`${part}`));
}

/** The scores of all episodes. */
export function summaryTable({ episodes }: Evaluation, metrics: Metrics): Markup {
  const shown = metricsIn('wide', metrics);
  return html`<div class="scroll"><table>
<thead><tr><th>episode</th><th>seed</th>${shown.map(({ name }) => html`<th>${name}</th>`)}<th>simulated</th><th>took</th></tr></thead>
<tbody>${episodes.map(
    (episode, i) => html`<tr${rowClass(episode)}>
<th scope="row"><a href="#episode-${i + 1}">${episodeName(episode)}</a></th><td>${episode.seed}</td>${shown.map((metric) => html`<td class="${metric.key}">${scoreText(metric, episode)}</td>`)}<td>${fixed(episode.simulatedSeconds, 1)} s</td><td>${fixed(episode.wallSeconds, 1)} s</td></tr>`,
  )}</tbody></table></div>`;
}

/** Catches the eye where a person had to help, or the route was not driven to its end. */
function rowClass({ interventions, completed }: EpisodeResult): Markup | false {
  const classes = [interventions > 0 && 'intervened', completed < 1 && 'unfinished'].filter((name) => name !== false);
  return classes.length > 0 && html` class="${classes.join(' ')}"`;
}

/** A small picture of every road, each a link to its section. */
export function overview({ episodes }: Evaluation, pictures: readonly EpisodePictures[], metrics: Metrics): Markup {
  const headline = metricsIn('headline', metrics);
  return html`<nav class="overview">${pictures.map((one, i) => {
    const points: Point[] = [...one.road.left, ...one.road.right];
    const episode = episodes[i]!;
    const scores = headline.map((metric) => `${metric.name} ${scoreText(metric, episode)}`).join(', ');
    return html`<a href="#episode-${i + 1}">${roadPicture(one, viewOfAll(points, { width: 200, height: 150 }), `${episode.track} from above, small`)}<span>${i + 1}. ${episodeName(episode)}</span><span>${scores}</span></a>`;
  })}</nav>`;
}
