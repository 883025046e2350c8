/** Counts of values in equal bins between `min` and `max`. */
export interface Histogram {
  readonly min: number;
  readonly max: number;
  readonly counts: readonly number[];
}

/** What the values of a column are like; the moments are of the values that exist. */
export interface ColumnStatistics {
  /** Values that exist. */
  readonly count: number;
  /** Samples without a value. */
  readonly missing: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly deviation: number;
  readonly histogram: Histogram;
}

/** @param bins number of bins of the histogram */
export function columnStatistics(column: Float64Array, bins = 41): ColumnStatistics {
  let count = 0;
  let sum = 0;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const value of column) {
    if (Number.isNaN(value)) continue;
    count++;
    sum += value;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  const missing = column.length - count;
  if (count === 0) {
    const nothing = { min: Number.NaN, max: Number.NaN };
    return {
      count,
      missing,
      ...nothing,
      mean: Number.NaN,
      deviation: Number.NaN,
      histogram: { ...nothing, counts: [] },
    };
  }
  const mean = sum / count;
  let squares = 0;
  for (const value of column) if (!Number.isNaN(value)) squares += (value - mean) ** 2;
  return {
    count,
    missing,
    min,
    max,
    mean,
    deviation: Math.sqrt(squares / count),
    histogram: histogram(column, bins, min, max),
  };
}

/** Symmetric about zero when there are values on both sides, so that left and right can be compared. */
function histogram(column: Float64Array, bins: number, low: number, high: number): Histogram {
  const side = Math.max(-low, high);
  const [min, max] = low < 0 && high > 0 ? [-side, side] : [low, high];
  const counts = new Array<number>(bins).fill(0);
  const width = (max - min) / bins || 1;
  for (const value of column) {
    if (!Number.isNaN(value)) counts[Math.min(bins - 1, Math.floor((value - min) / width))]!++;
  }
  return { min, max, counts };
}

/** Pearson's correlation of the pairs in which both values exist; NaN without spread. */
export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): { r: number; pairs: number } {
  let pairs = 0;
  let sumA = 0;
  let sumB = 0;
  for (let i = 0; i < a.length; i++) {
    if (Number.isNaN(a[i]!) || Number.isNaN(b[i]!)) continue;
    pairs++;
    sumA += a[i]!;
    sumB += b[i]!;
  }
  const meanA = sumA / pairs;
  const meanB = sumB / pairs;
  let aa = 0;
  let bb = 0;
  let ab = 0;
  for (let i = 0; i < a.length; i++) {
    if (Number.isNaN(a[i]!) || Number.isNaN(b[i]!)) continue;
    aa += (a[i]! - meanA) ** 2;
    bb += (b[i]! - meanB) ** 2;
    ab += (a[i]! - meanA) * (b[i]! - meanB);
  }
  return { r: aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : Number.NaN, pairs };
}
