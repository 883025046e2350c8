import { episodeSection } from './episode-section.ts';
import type { EvaluationReportInput } from './episode-trace.ts';
import { html } from './markup.ts';
import { pageFrame } from './page-frame.ts';
import { metricNotes, overview, summaryHeader, summaryTable } from './summary-section.ts';

/** Bytes of encoded camera frames in a whole report, so that one can be sent around. */
const FRAME_BUDGET = 2_500_000;

/**
 * One self-contained page about an evaluation.
 * @throws RangeError when there is not one trace for each episode
 */
export function renderReport({ evaluation, traces }: EvaluationReportInput): string {
  const { episodes } = evaluation;
  if (traces.length !== episodes.length) {
    throw new RangeError(`${traces.length} traces cannot illustrate ${episodes.length} episodes`);
  }
  const body = html`${summaryHeader(evaluation)}
${summaryTable(evaluation)}
${overview(evaluation, traces)}
${episodes.map((result, i) => episodeSection(result, traces[i]!, i, FRAME_BUDGET / episodes.length))}
${metricNotes(evaluation)}`;
  return pageFrame(`${evaluation.model} on ${evaluation.suite}`, body);
}
