import { counted } from '../../sim/counted.ts';
import { episodeName } from '../episode-key.ts';
import type { EpisodeResult } from '../files/evaluation.ts';
import { INTERVENTION_COST } from '../metrics/autonomy.ts';
import { type Metrics, scoreText } from '../metrics/scores.ts';
import { fixed, sideways } from '../numbers.ts';
import type { DriveTrace } from '../trace/drive-trace.ts';
import { arithmeticOf } from './arithmetic.ts';
import type { EpisodePictures, Point } from './episode-pictures.ts';
import { errorLegend } from './error-scale.ts';
import { frameStrip } from './frame-strip.ts';
import { viewAround, viewOfAll } from './map-view.ts';
import { html, type Markup } from './markup.ts';
import { type Moment, momentsOf } from './moments.ts';
import { roadPicture } from './road-picture.ts';
import { timeChart } from './time-chart.ts';

/** Side of the square that shows the widest error true to scale [m]. */
const CLOSE_UP = 60;

export interface EpisodeSectionInput {
  readonly result: EpisodeResult;
  readonly pictures: EpisodePictures;
  /** Counted from 0. */
  readonly index: number;
  /** Bytes of encoded frames. */
  readonly frameBudget: number;
  readonly metrics: Metrics;
}

/** All that a report says of one episode. */
export function episodeSection({ result, pictures, index, frameBudget, metrics }: EpisodeSectionInput): Markup {
  const { track, seed, simulatedSeconds, stateHash } = result;
  const name = episodeName(result);
  const scores = metrics.map((metric) => `${metric.name} ${scoreText(metric, result)}`).join(', ');
  return html`<section class="episode" id="episode-${index + 1}">
<h2>${index + 1}. ${name} <small>${name !== track && `${track}, `}seed ${seed}</small></h2>
<p class="facts">${fixed(simulatedSeconds, 1)} s driven: ${scores}.</p>
<p class="facts">${arithmeticOf(result, [result], metrics).map((line) => html`${line}. `)}State hash <span class="hash">${stateHash}</span>.</p>
${pictures.trace.length === 0 ? html`<p>No samples were kept of this drive.</p>` : picturesOf(pictures, track)}
${frameStrip(pictures, track, frameBudget)}
</section>`;
}

function picturesOf(pictures: EpisodePictures, track: string): Markup {
  const { road, trace } = pictures;
  const worst = widestMoment(trace);
  const everything: Point[] = [
    ...road.left,
    ...road.right,
    ...trace.columns.x.map((x, i) => [x, trace.columns.y[i]!] as const),
  ];
  return html`<div class="pictures">
<div class="from-above">
<figure>${roadPicture(pictures, viewOfAll(everything, { width: 520, height: 420 }), `${track} from above`)}
<figcaption>The road from above and the driven line. ▶ start and direction${trace.interventions.length > 0 && html`; ⊗ ${counted(trace.interventions.length, 'intervention')}`}.</figcaption></figure>
<figure class="close-up">${roadPicture(pictures, viewAround([worst.x, worst.y], CLOSE_UP, 260), `${track} where the car was furthest from the middle`)}
<figcaption>Furthest from the middle: ${sideways(worst.lateralError)} at ${fixed(worst.time, 1)}&#160;s.</figcaption></figure>
${errorLegend()}
</div>
<figure>${chart(trace, track)}
<figcaption>Commands of the driver and of the expert at the same place; left is positive.${trace.interventions.length > 0 && html` Shaded: the ${INTERVENTION_COST} s that an intervention costs.`}</figcaption></figure>
</div>`;
}

/** The moment of the largest |lateral error|, interventions included. */
function widestMoment(trace: DriveTrace): Moment {
  const ticks = momentsOf(trace);
  const moments = [...ticks, ...trace.interventions].filter(({ lateralError }) => Number.isFinite(lateralError));
  const size = (moment: { lateralError: number }) => Math.abs(moment.lateralError);
  return moments.reduce((worst, moment) => (size(moment) > size(worst) ? moment : worst), moments[0] ?? ticks[0]!);
}

function chart({ columns, interventions }: DriveTrace, track: string): Markup {
  const degrees = (radians: readonly number[]) => radians.map((angle) => (angle * 180) / Math.PI);
  return timeChart(
    {
      times: columns.time,
      shaded: interventions.map(({ time, lateralError }) => ({
        from: time,
        to: time + INTERVENTION_COST,
        says: `put back at ${fixed(time, 1)} s, ${sideways(lateralError)} of the middle`,
      })),
      panels: [
        {
          title: 'lateral error',
          unit: 'm',
          curves: [{ label: 'lateral error', look: 'plain', values: columns.lateralError }],
          limits: [-1, 1],
        },
        {
          title: 'steering-wheel angle',
          unit: 'deg',
          curves: [
            { label: 'expert', look: 'expert', values: degrees(columns.expertSteeringAngle) },
            { label: 'commanded', look: 'commanded', values: degrees(columns.steeringAngle) },
          ],
        },
        {
          title: 'speed',
          unit: 'm/s',
          curves: [
            { label: 'expert', look: 'expert', values: columns.expertSpeed },
            { label: 'driven', look: 'actual', values: columns.actualSpeed },
            { label: 'commanded', look: 'commanded', values: columns.speed },
          ],
          include: [0],
        },
        {
          title: 'steering torque',
          unit: 'N·m',
          curves: [
            { label: 'expert', look: 'expert', values: columns.expertTorque },
            { label: 'commanded', look: 'commanded', values: columns.torque },
          ],
        },
      ],
    },
    `lateral error, steering angle, speed and torque on ${track} over time`,
  );
}
