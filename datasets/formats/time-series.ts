/**
 * Linear interpolation of a series at other times.
 * @param time ascending [s]
 * @param at times asked for, ascending [s]
 * @returns NaN outside the series, and where its neighbours are further apart than `longest`
 */
export function interpolateAt(
  time: Float64Array,
  value: ArrayLike<number>,
  at: Float64Array,
  longest = Number.POSITIVE_INFINITY,
): Float64Array {
  const result = new Float64Array(at.length).fill(Number.NaN);
  let after = 0;
  for (let i = 0; i < at.length; i++) {
    while (after < time.length && time[after]! < at[i]!) after++;
    if (after < time.length && time[after] === at[i]) {
      result[i] = value[after]!;
      continue;
    }
    if (after === 0 || after >= time.length) continue;
    const span = time[after]! - time[after - 1]!;
    if (span > longest) continue;
    const share = (at[i]! - time[after - 1]!) / span;
    result[i] = value[after - 1]! + share * (value[after]! - value[after - 1]!);
  }
  return result;
}

/** For each time the number of the nearest entry of `time` (ascending) within `reach` [s], else -1. */
export function nearestAt(time: Float64Array, at: Float64Array, reach: number): Int32Array {
  let near = 0;
  return Int32Array.from(at, (moment) => {
    while (near + 1 < time.length && Math.abs(time[near + 1]! - moment) <= Math.abs(time[near]! - moment)) near++;
    return time.length > 0 && Math.abs(time[near]! - moment) <= reach ? near : -1;
  });
}
