import { createHash } from 'node:crypto';
import { episodeSection } from './episode-section.ts';
import type { EvaluationReportInput } from './episode-trace.ts';
import { html, Markup } from './markup.ts';
import { STYLE } from './style.ts';
import { metricNotes, overview, summaryHeader, summaryTable } from './summary-section.ts';

/** Bytes of encoded camera frames in a whole report, so that one can be sent around. */
const FRAME_BUDGET = 2_500_000;

/**
 * One self-contained page about an evaluation: no scripts, and nothing from elsewhere. Its own security policy allows
 * no more than its style and its pictures.
 * @throws RangeError when there is not one trace for each episode
 */
export function renderReport({ evaluation, traces }: EvaluationReportInput): string {
  const { episodes } = evaluation;
  if (traces.length !== episodes.length) {
    throw new RangeError(`${traces.length} traces cannot illustrate ${episodes.length} episodes`);
  }
  const policy = `default-src 'none'; img-src data:; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta http-equiv="Content-Security-Policy" content="${policy}"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="color-scheme" content="light dark"/>
<title>${evaluation.model} on ${evaluation.suite} · wheelhouse</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
${summaryHeader(evaluation)}
${summaryTable(evaluation)}
${overview(evaluation, traces)}
${episodes.map((result, i) => episodeSection(result, traces[i]!, i, FRAME_BUDGET / episodes.length))}
${metricNotes(evaluation)}
</body>
</html>
`.text;
}
