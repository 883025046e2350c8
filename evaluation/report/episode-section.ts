import type { EpisodeResult } from '../files/evaluation.ts';
import { INTERVENTION_COST } from '../metrics/closed-loop.ts';
import { autonomyInWords } from './arithmetic.ts';
import type { EpisodeTrace, Point, TraceSample } from './episode-trace.ts';
import { errorLegend } from './error-scale.ts';
import { frameStrip } from './frame-strip.ts';
import { viewAround, viewOfAll } from './map-view.ts';
import { html, type Markup } from './markup.ts';
import { counted, fixed, percent, sideways } from './numbers.ts';
import { roadPicture } from './road-picture.ts';
import { timeChart } from './time-chart.ts';

/** Side of the square that shows the widest error true to scale [m]. */
const CLOSE_UP = 60;

/** All that a report says of one episode. */
export function episodeSection(result: EpisodeResult, trace: EpisodeTrace, index: number, frameBudget: number): Markup {
  return html`<section class="episode" id="episode-${index + 1}">
<h2>${index + 1}. ${result.track} <small>seed ${result.seed}</small></h2>
<p class="facts">${percent(result.completed * 100)} % of the route in ${fixed(result.simulatedSeconds, 1)} s;
lateral RMS ${fixed(result.lateralRms, 2)} m, speed RMS ${fixed(result.speedRms, 2)} m/s,
whiteness ${fixed(result.whiteness, 1)} deg/s, ${fixed(result.whitenessRatio, 2)} times the expert’s.</p>
<p class="facts">Autonomy: ${autonomyInWords(result.interventions, result.simulatedSeconds, result.autonomy)}.
State hash <span class="hash">${result.stateHash}</span>.</p>
${trace.samples.length === 0 ? html`<p>No samples were kept of this drive.</p>` : pictures(trace, result.track)}
${frameStrip(trace, frameBudget)}
</section>`;
}

function pictures(trace: EpisodeTrace, track: string): Markup {
  const worst = widestMoment(trace);
  const everything: Point[] = [
    ...trace.road.left,
    ...trace.road.right,
    ...trace.samples.map(({ x, y }) => [x, y] as const),
  ];
  return html`<div class="pictures">
<div class="from-above">
<figure>${roadPicture(trace, viewOfAll(everything, { width: 520, height: 420 }), `${track} from above`)}
<figcaption>The road from above and the driven line. ▶ start and direction${trace.interventions.length > 0 && html`; ⊗ ${counted(trace.interventions.length, 'intervention')}`}.</figcaption></figure>
<figure class="close-up">${roadPicture(trace, viewAround([worst.x, worst.y], CLOSE_UP, 260), `${track} where the car was furthest from the middle`)}
<figcaption>Furthest from the middle: ${sideways(worst.lateralError)} at ${fixed(worst.time, 1)}&#160;s.</figcaption></figure>
${errorLegend()}
</div>
<figure>${chart(trace, track)}
<figcaption>Commands of the driver and of the expert at the same place; left is positive.${trace.interventions.length > 0 && html` Shaded: the ${INTERVENTION_COST} s that an intervention costs.`}</figcaption></figure>
</div>`;
}

/** The moment of the largest |lateral error|, interventions included. */
function widestMoment({ samples, interventions }: EpisodeTrace): {
  x: number;
  y: number;
  lateralError: number;
  time: number;
} {
  const moments = [...samples, ...interventions].filter(({ lateralError }) => Number.isFinite(lateralError));
  const size = (moment: { lateralError: number }) => Math.abs(moment.lateralError);
  return moments.reduce((worst, moment) => (size(moment) > size(worst) ? moment : worst), moments[0] ?? samples[0]!);
}

function chart({ samples, interventions }: EpisodeTrace, track: string): Markup {
  const series = (pick: (sample: TraceSample) => number) => samples.map(pick);
  const degrees = (radians: number) => (radians * 180) / Math.PI;
  return timeChart(
    {
      times: series((sample) => sample.time),
      shaded: interventions.map(({ time, lateralError }) => ({
        from: time,
        to: time + INTERVENTION_COST,
        says: `put back at ${fixed(time, 1)} s, ${sideways(lateralError)} of the middle`,
      })),
      panels: [
        {
          title: 'lateral error',
          unit: 'm',
          curves: [{ label: 'lateral error', look: 'plain', values: series((sample) => sample.lateralError) }],
          limits: [-1, 1],
        },
        {
          title: 'steering-wheel angle',
          unit: 'deg',
          curves: [
            { label: 'expert', look: 'expert', values: series((sample) => degrees(sample.expertSteeringAngle)) },
            { label: 'commanded', look: 'commanded', values: series((sample) => degrees(sample.steeringAngle)) },
          ],
        },
        {
          title: 'speed',
          unit: 'm/s',
          curves: [
            { label: 'expert', look: 'expert', values: series((sample) => sample.expertSpeed) },
            { label: 'driven', look: 'actual', values: series((sample) => sample.actualSpeed) },
            { label: 'commanded', look: 'commanded', values: series((sample) => sample.speed) },
          ],
          include: [0],
        },
        {
          title: 'steering torque',
          unit: 'N·m',
          curves: [
            { label: 'expert', look: 'expert', values: series((sample) => sample.expertTorque) },
            { label: 'commanded', look: 'commanded', values: series((sample) => sample.torque) },
          ],
        },
      ],
    },
    `lateral error, steering angle, speed and torque on ${track} over time`,
  );
}
