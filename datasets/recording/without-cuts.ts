import { type Cut, samplesCut } from './edits.ts';
import { pickSamples } from './pick-samples.ts';
import type { Recording } from './recording.ts';
import type { Segment } from './segments.ts';

/**
 * A recording without the samples that are cut out. A cut is a gap: what follows it does not follow what was before it.
 * It shares the files; closing it closes the whole.
 * @param whole nothing of it may be left out yet
 * @param cuts in order, without overlap, within the recording
 */
export function withoutCuts(whole: Recording, cuts: readonly Cut[]): Recording {
  if (cuts.length === 0) return whole;
  const left = samplesLeft(whole.length, cuts);
  const segments = segmentsLeft(whole.segments, left);
  return { ...pickSamples(whole, { samples: left, segments, key: JSON.stringify(cuts) }), cuts };
}

/** Numbers of the samples that are left, as they are stored. */
function samplesLeft(length: number, cuts: readonly Cut[]): Int32Array {
  const left = new Int32Array(length - samplesCut(cuts));
  let count = 0;
  let from = 0;
  for (const { start, end } of [...cuts, { start: length, end: length }]) {
    for (let index = from; index < start; index++) left[count++] = index;
    from = end;
  }
  return left;
}

function segmentsLeft(segments: readonly Segment[], left: Int32Array): Segment[] {
  const starts = new Set(segments.map(({ start }) => start));
  const kept: Segment[] = [];
  let start = 0;
  for (let i = 1; i < left.length; i++) {
    if (left[i] === left[i - 1]! + 1 && !starts.has(left[i]!)) continue;
    kept.push({ start, end: i });
    start = i;
  }
  if (left.length > 0) kept.push({ start, end: left.length });
  return kept;
}
