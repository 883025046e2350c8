import type { Cut } from '../../datasets/recording/edits.ts';

/** Cuts without the one that holds this sample. */
export function restoreAt(cuts: readonly Cut[], index: number): Cut[] {
  return cuts.filter((cut) => index < cut.start || index >= cut.end);
}

/** The cut that holds this sample. */
export function cutAt(cuts: readonly Cut[], index: number): Cut | undefined {
  return cuts.find((cut) => index >= cut.start && index < cut.end);
}

/** The next sample that is not cut, or null behind the last one. */
export function nextUncut(cuts: readonly Cut[], index: number, length: number): number | null {
  let next = index;
  for (let cut = cutAt(cuts, next); cut !== undefined; cut = cutAt(cuts, next)) next = cut.end;
  return next < length ? next : null;
}
