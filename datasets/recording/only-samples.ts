import { bytesOf, hashHex } from './hash.ts';
import { pickSamples } from './pick-samples.ts';
import type { Recording } from './recording.ts';
import type { Segment } from './segments.ts';

/**
 * A recording with only some of its samples, in their order. One that did not follow the sample now before it begins a
 * segment. It shares the files; closing it closes the whole.
 * @param left numbers of the samples that are left, ascending
 */
export function onlySamples(whole: Recording, left: Int32Array): Recording {
  if (left.length === whole.length) return whole;
  const key = hashHex([bytesOf(left)]);
  return pickSamples(whole, { samples: left, segments: segmentsLeft(whole.segments, left), key });
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
