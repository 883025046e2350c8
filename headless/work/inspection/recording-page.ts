import type { Inspection } from '../../../datasets/inspection/inspection.ts';
import { hasSharpPeak } from '../../../datasets/inspection/label-agreement.ts';
import type { Timing } from '../../../datasets/inspection/timing.ts';
import type { Recording } from '../../../datasets/recording/recording.ts';
import { fixed } from '../../../evaluation/numbers.ts';
import { html, type Markup } from '../../../evaluation/report/markup.ts';
import { type Panel, timeChart } from '../../../evaluation/report/time-chart.ts';
import { changesOf, type PreviewedTraining } from '../../../models/training/preview.ts';
import { counted } from '../../../sim/counted.ts';
import { histogramChart } from './histogram-chart.ts';
import { inspectionPage } from './page.ts';
import { camerasInWords } from './recording-shots.ts';
import { type Shot, shotStrip } from './shot.ts';

const DEGREES = 180 / Math.PI;
const LABELS = [
  {
    column: 'steeringAngle',
    measured: 'measuredSteeringAngle',
    title: 'steering-wheel angle',
    unit: 'deg',
    factor: DEGREES,
  },
  { column: 'speed', measured: 'measuredSpeed', title: 'speed', unit: 'm/s', factor: 1 },
  { column: 'torque', measured: undefined, title: 'steering torque', unit: 'N·m', factor: 1 },
] as const;
/** A pause is drawn no longer than this share of the driving. */
const LONGEST_PAUSE = 0.05;
/** Gaps that are shaded in the charts. */
const SHADED = 300;

/** What a training makes of samples. */
export interface TrainedView {
  readonly by: PreviewedTraining;
  readonly shots: readonly Shot[];
  /** Why the training would refuse the recording; empty where it would not. */
  readonly refused: string;
}

/** Everything about a recording on one page. */
export function recordingPage(
  recording: Recording,
  inspection: Inspection,
  shots: { readonly samples: readonly Shot[]; readonly trained: TrainedView },
): string {
  const { name, timing, columns } = inspection;
  const present = LABELS.filter(({ column }) => (columns[column]?.count ?? 0) > 0);
  return inspectionPage(
    `${name}`,
    html`<header>
<p class="brand">wheelhouse recording</p>
<h1>${name} <span class="on">${inspection.format}</span></h1>
<dl class="figures">
<div><dt>samples</dt><dd>${timing.samples}</dd></div>
${inspection.cut > 0 && html`<div><dt>cut out</dt><dd>${inspection.cut}</dd></div>`}
<div><dt>duration</dt><dd>${fixed(timing.duration, 1)} s</dd></div>
<div><dt>rate</dt><dd>${fixed(timing.rate, 1)} Hz</dd></div>
<div><dt>gaps</dt><dd>${timing.gaps.length}</dd></div>
<div><dt>dead straight</dt><dd>${inspection.steering ? `${fixed(100 * inspection.steering.straightShare, 0)} %` : '–'}</dd></div>
<div><dt>scene follows the wheel</dt><dd>${agreementInWords(inspection)}</dd></div>
<div><dt>scene behind the labels</dt><dd>${lagInWords(inspection)}</dd></div>
</dl>
<p class="facts">${camerasInWords(recording)}.</p>
</header>
${findingList(inspection)}
${shots.samples.length > 0 && html`<section><h2>Samples</h2><p class="facts">Bends from all over the recording where there are any, the wheel as it was turned; the yellow mark is up when it is straight. The road must bend to the side that the mark leans to.</p>${shotStrip(shots.samples)}</section>`}
<section><h2>Labels</h2><div class="charts">${present.map(({ column, title, unit, factor }) => histogramChart(title, unit, columns[column]!.histogram, factor))}</div>
${present.length > 0 && timeChart(chartOf(recording, inspection, present), `labels of ${name} over time`)}</section>
${trainedSection(shots.trained)}
${inspection.pictures.length > 0 && html`<section><h2>Frames</h2>${frameTable(inspection)}</section>`}
<section><h2>Columns</h2>${columnTable(inspection)}</section>
${recording.metadata.conversions.length > 0 && html`<section><h2>Where the columns come from</h2>${conversionTable(recording)}</section>`}`,
  );
}

function trainedSection({ by, shots, refused }: TrainedView): Markup {
  if (refused !== '')
    return html`<section><h2>As a training would show it</h2><p class="facts">${refused}</p></section>`;
  if (shots.length === 0) return html``;
  const { seed: _, ...changes } = changesOf(by.training);
  const asked = Object.entries(changes).filter(([, amount]) => amount !== 0);
  const names = asked.length === 0 ? 'no change at all' : asked.map(([name, amount]) => `${name} ${amount}`).join(', ');
  return html`<section><h2>As a training would show it</h2><p class="facts">What the options of a training of <code>${by.architecture}</code> make of it, at the size that this network sees: ${names}. Pictures are changed at random, and the labels with them where that has an effect; the wheel shows the changed label.</p>${shotStrip(shots)}</section>`;
}

function agreementInWords({ agreement }: Inspection): string {
  if (agreement === undefined) return '–';
  const words = { agrees: 'yes', opposed: 'the wrong way', unclear: 'unclear' };
  return `${words[agreement.verdict]} (${fixed(agreement.correlation, 2)})`;
}

function lagInWords({ agreement }: Inspection): string {
  if (agreement === undefined || agreement.verdict === 'unclear') return '–';
  return hasSharpPeak(agreement) ? `${fixed(agreement.lag, 2)} s` : 'no sharp peak';
}

function findingList({ findings }: Inspection): Markup {
  if (findings.length === 0) return html`<p class="facts">Nothing to complain about.</p>`;
  return html`<ul class="findings">${findings.map(
    ({ severity, message, advice }) => html`<li class="${severity}"><b>${message}</b><span>${advice}</span></li>`,
  )}</ul>`;
}

function chartOf(recording: Recording, { timing }: Inspection, present: readonly (typeof LABELS)[number][]) {
  const { times, shortened } = chartTimes(recording, timing);
  const panels = present.map(({ column, measured, title, unit, factor }): Panel => {
    const values = (name: string) => Array.from(recording.columns[name]!, (value) => value * factor);
    const curves = [{ label: 'label', look: 'commanded', values: values(column) }];
    if (measured !== undefined && recording.columns[measured] !== undefined) {
      const other = values(measured);
      if (other.some((value, i) => value !== curves[0]!.values[i]))
        curves.push({ label: 'measured', look: 'actual', values: other });
    }
    return { title, unit, curves, include: [0] };
  });
  const shaded = timing.gaps.slice(0, SHADED).map(({ sample, seconds }) => ({
    from: times[sample - 1]!,
    to: times[sample]!,
    says:
      seconds < 0
        ? `time runs back by ${fixed(-seconds, 2)} s before sample ${sample}`
        : `gap of ${fixed(seconds, 2)} s before sample ${sample}`,
  }));
  return { times, panels, shaded, ...(shortened && { axis: 'time, long pauses shortened [s]' }) };
}

/** Times for a chart, from 0 on: a pause that would squeeze the driving into a line is shortened, and no line runs back. */
function chartTimes(
  { columns: { time } }: Recording,
  { duration, gaps }: Timing,
): { times: number[]; shortened: boolean } {
  const longest = Math.max(1, LONGEST_PAUSE * duration);
  const steps = new Map(gaps.map(({ sample, seconds }) => [sample, Math.min(longest, Math.max(0, seconds))]));
  let at = 0;
  const times = Array.from(time, (moment, i) => {
    if (i > 0) at += steps.get(i) ?? moment - time[i - 1]!;
    return at;
  });
  return { times, shortened: gaps.some(({ seconds }) => seconds > longest) };
}

function frameTable({ pictures }: Inspection): Markup {
  return html`<div class="scroll"><table><thead><tr><th>camera</th><th>looked at</th><th>dropped</th><th>broken</th><th>black or blank</th><th>same as before</th><th>longest standstill</th></tr></thead>
<tbody>${pictures.map(
    ({ camera, looked, dropped, broken, black, same, longestFrozen }) =>
      html`<tr><th scope="row">${camera}</th><td>${looked}</td><td>${dropped}</td><td>${broken.length}</td><td>${black.length}</td><td>${same}</td><td>${counted(longestFrozen.length, 'frame')}</td></tr>`,
  )}</tbody></table></div>`;
}

function columnTable({ columns }: Inspection): Markup {
  return html`<div class="scroll"><table><thead><tr><th>column</th><th>values</th><th>missing</th><th>smallest</th><th>mean</th><th>largest</th><th>deviation</th></tr></thead>
<tbody>${Object.entries(columns).map(
    ([name, { count, missing, min, mean, max, deviation }]) =>
      html`<tr><th scope="row">${name}</th><td>${count}</td><td>${missing}</td><td>${fixed(min, 3)}</td><td>${fixed(mean, 3)}</td><td>${fixed(max, 3)}</td><td>${fixed(deviation, 3)}</td></tr>`,
  )}</tbody></table></div><p class="facts">${counted(Object.keys(columns).length, 'column')}; SI units and left positive, but for <code>source.</code> columns, which are as they were stored.</p>`;
}

function conversionTable({ metadata }: Recording): Markup {
  return html`<div class="scroll"><table class="left"><thead><tr><th>column</th><th>field of the source and its unit</th><th>factor</th></tr></thead>
<tbody>${metadata.conversions.map(
    ({ column, field, unit, factor, note }) =>
      html`<tr><th scope="row">${column}</th><td>${field}: ${unit}${note !== undefined && html`<br/><small>${note}</small>`}</td><td>${factor.toPrecision(6)}</td></tr>`,
  )}</tbody></table></div>`;
}
