import { fixed, sideways } from '../numbers.ts';
import { base64 } from './base64.ts';
import type { EncodedFrame, EpisodePictures } from './episode-pictures.ts';
import { html, type Markup } from './markup.ts';
import { thinEvenly } from './thin.ts';

/** Frames in a strip at most. */
const LONGEST = 12;

/**
 * Camera frames of a drive with their times: as many as the budget allows, evenly over the drive, and at least one.
 * @param budget bytes of encoded images
 */
export function frameStrip({ frames, trace }: EpisodePictures, track: string, budget: number): Markup | null {
  if (frames.length === 0) return null;
  let chosen = pick(frames, LONGEST);
  while (chosen.length > 1 && totalBytes(chosen) > budget) chosen = pick(frames, chosen.length - 1);
  return html`<div class="strip">${chosen.map((frame) => {
    const { time, lateralError } = trace.columns;
    const error = lateralError[time.findLastIndex((at) => at <= frame.time + 1e-6)];
    return html`<figure><img src="data:${frame.mime};base64,${base64(frame.bytes)}" alt="camera on ${track} at ${fixed(frame.time, 1)} s"/>
<figcaption>${fixed(frame.time, 1)} s${error !== undefined && html` <br/>${sideways(error)}`}</figcaption></figure>`;
  })}</div>`;
}

function pick(frames: readonly EncodedFrame[], count: number): EncodedFrame[] {
  return thinEvenly(frames.length, count).map((i) => frames[i]!);
}

function totalBytes(frames: readonly EncodedFrame[]): number {
  return frames.reduce((sum, frame) => sum + frame.bytes.length, 0);
}
