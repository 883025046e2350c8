import { INTERVENTION_DISTANCE } from '../../sim/episode/episode.ts';
import type { Evaluation } from '../files/evaluation.ts';
import { INTERVENTION_COST } from '../metrics/closed-loop.ts';
import { autonomyInWords } from './arithmetic.ts';
import type { EpisodeTrace, Point } from './episode-trace.ts';
import { viewOfAll } from './map-view.ts';
import { html, type Markup } from './markup.ts';
import { counted, fixed, percent } from './numbers.ts';
import { roadPicture } from './road-picture.ts';

/** The head of a report: what drove where and how well. */
export function summaryHeader({ model, suite, backend, adapter, summary, episodes }: Evaluation): Markup {
  const seconds = episodes.reduce((sum, episode) => sum + episode.simulatedSeconds, 0);
  return html`<header>
<p class="brand">wheelhouse evaluation</p>
<h1>${model} <span class="on">on</span> ${suite}</h1>
<dl class="figures">
<div><dt>autonomy</dt><dd>${percent(summary.autonomy)} %</dd></div>
<div><dt>routes completed</dt><dd>${percent(summary.completed * 100)} %</dd></div>
<div><dt>interventions</dt><dd>${summary.interventions}</dd></div>
<div><dt>driven</dt><dd>${fixed(seconds / 60, 1)} min</dd></div>
<div><dt>speed of the evaluation</dt><dd>${fixed(summary.realTimeFactor, 1)} × real time</dd></div>
</dl>
<p class="facts">Autonomy: ${autonomyInWords(summary.interventions, seconds, summary.autonomy)}, over ${counted(episodes.length, 'episode')}.
The car is put back when it is more than ${INTERVENTION_DISTANCE} m from the middle of its lane, and each time counts as ${INTERVENTION_COST} s.</p>
<p class="facts">${backend === 'none' ? 'No network.' : html`Network on ${backend}.`} ${adapter === 'none' ? 'No frames.' : html`Frames drawn by ${emphasised(adapter)}.`}</p>
</header>`;
}

/** Software rendering must catch the eye. */
function emphasised(adapter: string): Markup[] {
  return adapter
    .split(/(software(?: rendering)?)/i)
    .map((part, i) => (i % 2 === 1 ? html`<strong>${part}</strong>` : html`${part}`));
}

/** The scores of all episodes. */
export function summaryTable({ episodes }: Evaluation): Markup {
  return html`<div class="scroll"><table>
<thead><tr><th>road</th><th>seed</th><th>completed</th><th>autonomy</th><th>inter&#173;ventions</th><th>lateral RMS<br/><span class="unit">m</span></th><th>speed RMS<br/><span class="unit">m/s</span></th><th>whiteness<br/><span class="unit">deg/s</span></th><th>of the<br/>expert’s</th><th>simulated<br/><span class="unit">s</span></th><th>took<br/><span class="unit">s</span></th></tr></thead>
<tbody>${episodes.map(
    (episode, i) => html`<tr${episode.interventions > 0 && html` class="intervened"`}>
<th scope="row"><a href="#episode-${i + 1}">${episode.track}</a></th><td>${episode.seed}</td><td>${percent(episode.completed * 100)} %</td><td>${percent(episode.autonomy)} %</td><td>${episode.interventions}</td><td>${fixed(episode.lateralRms, 2)}</td><td>${fixed(episode.speedRms, 2)}</td><td>${fixed(episode.whiteness, 1)}</td><td>${fixed(episode.whitenessRatio, 2)}${episode.whitenessRatio !== null && ' ×'}</td><td>${fixed(episode.simulatedSeconds, 1)}</td><td>${fixed(episode.wallSeconds, 1)}</td></tr>`,
  )}</tbody></table></div>`;
}

/** A small picture of every road, each a link to its section. */
export function overview({ episodes }: Evaluation, traces: readonly EpisodeTrace[]): Markup {
  return html`<nav class="overview">${traces.map((trace, i) => {
    const points: Point[] = [...trace.road.left, ...trace.road.right];
    const { track, autonomy, completed } = episodes[i]!;
    return html`<a href="#episode-${i + 1}">${roadPicture(trace, viewOfAll(points, { width: 200, height: 150 }), `${track} from above, small`)}<span>${i + 1}. ${track}</span><span>${percent(autonomy)} %, ${percent(completed * 100)} % completed</span></a>`;
  })}</nav>`;
}

/** What the columns mean, and by which version of each formula. */
export function metricNotes({ metrics }: Evaluation): Markup {
  return html`<section class="notes"><h2>What the numbers mean</h2><dl>
${METRIC_NOTES.map(({ key, name, text }) => html`<div><dt>${name}${metrics[key] !== undefined && html` <small>version ${metrics[key]}</small>`}</dt><dd>${text}</dd></div>`)}
</dl></section>`;
}

const METRIC_NOTES: readonly { readonly key: string; readonly name: string; readonly text: string }[] = [
  {
    key: 'autonomy',
    name: 'autonomy',
    text: `(1 − interventions · ${INTERVENTION_COST} s / simulated seconds) · 100 %, not below 0 (NVIDIA, 2016). It saturates: 100 % means no intervention, not a good line.`,
  },
  { key: 'completed', name: 'completed', text: 'share of the route that was driven before the time ran out' },
  {
    key: 'interventions',
    name: 'interventions',
    text: `how often the car was more than ${INTERVENTION_DISTANCE} m from the middle of its lane and was put back`,
  },
  { key: 'lateralRms', name: 'lateral RMS', text: 'root mean square of the distance from the middle of the lane' },
  {
    key: 'speedRms',
    name: 'speed RMS',
    text: 'root mean square of the car’s speed minus the expert’s at the same place',
  },
  {
    key: 'whiteness',
    name: 'whiteness',
    text: 'root mean square rate of the commanded steering-wheel angle: how restless the wheel is (University of Tartu)',
  },
  {
    key: 'whitenessRatio',
    name: 'of the expert’s',
    text: 'whiteness over that of the expert on the same road; well above 1 is nervous, well below 1 is slow to steer',
  },
];
