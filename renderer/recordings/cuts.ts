import type { Cut } from '../../datasets/recording/edits.ts';

/** Cuts with one more, in order and without overlap; cuts that touch become one. */
export function addCut(cuts: readonly Cut[], cut: Cut): Cut[] {
  const merged: Cut[] = [];
  for (const next of [...cuts, cut].sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last !== undefined && next.start <= last.end) {
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, next.end) };
    } else if (next.end > next.start) merged.push(next);
  }
  return merged;
}

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
