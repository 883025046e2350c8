import type { EpisodeTrace, TraceFrame } from './episode-trace.ts';
import { html, type Markup } from './markup.ts';
import { fixed, sideways } from './numbers.ts';
import { thinEvenly } from './thin.ts';

/** Frames in a strip at most. */
const LONGEST = 12;

/**
 * Camera frames of a drive with their times: as many as the budget allows, evenly over the drive, and at least one.
 * @param budget bytes of encoded images
 */
export function frameStrip({ frames, samples, track }: EpisodeTrace, budget: number): Markup | null {
  if (frames.length === 0) return null;
  let chosen = pick(frames, LONGEST);
  while (chosen.length > 1 && totalBytes(chosen) > budget) chosen = pick(frames, chosen.length - 1);
  return html`<div class="strip">${chosen.map((frame) => {
    const error = samples.findLast((sample) => sample.time <= frame.time + 1e-6)?.lateralError;
    return html`<figure><img src="data:${frame.mime};base64,${Buffer.from(frame.bytes).toString('base64')}" alt="camera on ${track} at ${fixed(frame.time, 1)} s"/>
<figcaption>${fixed(frame.time, 1)} s${error !== undefined && html` <br/>${sideways(error)}`}</figcaption></figure>`;
  })}</div>`;
}

function pick(frames: readonly TraceFrame[], count: number): TraceFrame[] {
  return thinEvenly(frames.length, count).map((i) => frames[i]!);
}

function totalBytes(frames: readonly TraceFrame[]): number {
  return frames.reduce((sum, frame) => sum + frame.bytes.length, 0);
}
