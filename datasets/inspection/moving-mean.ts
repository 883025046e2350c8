import type { Segment } from '../recording/segments.ts';

/**
 * Mean over a window round each value, within each run of samples. Values that are missing (NaN) do not count; where fewer
 * than half of a window exist, its mean is missing, too.
 * @param width width of the window [samples]; it is made odd
 */
export function movingMean(values: Float64Array, width: number, segments: readonly Segment[]): Float64Array {
  const half = Math.max(0, Math.round((width - 1) / 2));
  const means = new Float64Array(values.length).fill(Number.NaN);
  for (const { start, end } of segments) {
    for (let i = start; i < end; i++) {
      let [sum, count] = [0, 0];
      const [from, until] = [Math.max(start, i - half), Math.min(end, i + half + 1)];
      for (let j = from; j < until; j++) {
        if (Number.isNaN(values[j]!)) continue;
        sum += values[j]!;
        count++;
      }
      if (count > 0 && 2 * count >= until - from) means[i] = sum / count;
    }
  }
  return means;
}
