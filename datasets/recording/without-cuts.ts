import { type Cut, samplesCut } from './edits.ts';
import { onlySamples } from './only-samples.ts';
import type { Recording } from './recording.ts';

/**
 * A recording without the samples that are cut out. A cut is a gap: what follows it does not follow what was before it.
 * It shares the files; closing it closes the whole.
 * @param whole nothing of it may be left out yet
 * @param cuts in order, without overlap, within the recording
 */
export function withoutCuts(whole: Recording, cuts: readonly Cut[]): Recording {
  if (cuts.length === 0) return whole;
  return { ...onlySamples(whole, samplesLeft(whole.length, cuts)), cuts };
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
