import type { RandomStream } from '../../random/stream.ts';

/** A stretch of road [m]; on a closed road `to` may lie beyond its length. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Stretches of at least `shortest` along which `holds` is true, looked at every two metres. */
export function stretchesWhere(length: number, shortest: number, holds: (s: number) => boolean): Stretch[] {
  const stretches: Stretch[] = [];
  let from: number | undefined;
  for (let s = 0; s < length; s += 2) {
    if (holds(s)) from ??= s;
    else if (from !== undefined) {
      if (s - from >= shortest) stretches.push({ from, to: s });
      from = undefined;
    }
  }
  if (from !== undefined && length - from >= shortest) stretches.push({ from, to: length });
  return stretches;
}

/** Stretches of random length, apart from each other. */
export function scatter(
  length: number,
  gap: readonly [number, number],
  size: readonly [number, number],
  chance: RandomStream,
): Stretch[] {
  const stretches: Stretch[] = [];
  for (let s = chance.uniform(gap[0], gap[1]); ; s += chance.uniform(gap[0], gap[1])) {
    const end = s + chance.uniform(size[0], size[1]);
    if (end > length - 10) return stretches;
    stretches.push({ from: s, to: end });
    s = end;
  }
}

/** Whether `s` lies in one of the stretches. */
export function liesIn(stretches: readonly Stretch[], s: number): boolean {
  return stretches.some(({ from, to }) => s >= from && s <= to);
}

/** 0 outside the stretches, 1 inside, with a smooth ramp of that length within each end [m]. */
export function rampOver(stretches: readonly Stretch[], ramp: number): (s: number) => number {
  return (s) => {
    for (const { from, to } of stretches) {
      if (s <= from || s >= to) continue;
      const share = Math.min(1, (s - from) / ramp, (to - s) / ramp);
      return share * share * (3 - 2 * share);
    }
    return 0;
  };
}
