import { METRICS } from '../metrics/registry.ts';
import type { EvaluationReportInput } from './episode-pictures.ts';
import { episodeSection } from './episode-section.ts';
import { html } from './markup.ts';
import { metricNotes } from './metric-notes.ts';
import { pageFrame } from './page-frame.ts';
import { overview, summaryHeader, summaryTable } from './summary-section.ts';

/** Bytes of encoded camera frames in a whole report, so that one can be sent around. */
const FRAME_BUDGET = 2_500_000;

/**
 * One self-contained page about an evaluation.
 * @throws RangeError when there are not pictures for each episode
 */
export function renderReport({ evaluation, pictures, metrics = METRICS }: EvaluationReportInput): string {
  const { episodes } = evaluation;
  if (pictures.length !== episodes.length) {
    throw new RangeError(`pictures of ${pictures.length} drives cannot illustrate ${episodes.length} episodes`);
  }
  const frameBudget = FRAME_BUDGET / episodes.length;
  const body = html`${summaryHeader(evaluation, metrics)}
${summaryTable(evaluation, metrics)}
${overview(evaluation, pictures, metrics)}
${episodes.map((result, i) => episodeSection({ result, pictures: pictures[i]!, index: i, frameBudget, metrics }))}
${metricNotes(evaluation, metrics)}`;
  return pageFrame(`${evaluation.model} on ${evaluation.suite}`, body);
}
