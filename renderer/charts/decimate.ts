/**
 * A curve with at most four points to a place where more would be drawn over each other: of all points that fall on it
 * the first, the lowest, the highest and the last, so that the picture of the line stays the same.
 * @param columns `[x, y]`, x growing; gaps (NaN) within a place are lost
 * @param places e.g. pixels across
 */
export function decimate(columns: readonly Float64Array[], places: number): Float64Array[] {
  const [xs, ys] = columns as [Float64Array, Float64Array];
  const length = xs.length;
  if (length <= 4 * places) return [xs, ys];
  const begin = xs[0]!;
  const width = (xs[length - 1]! - begin) / places;
  const kept = new Int32Array(4 * (places + 1));
  let count = 0;
  let first = 0;
  while (first < length) {
    const place = Math.floor((xs[first]! - begin) / width);
    let [lowest, highest, next] = [first, first, first + 1];
    while (next < length && Math.floor((xs[next]! - begin) / width) === place) {
      if (ys[next]! < ys[lowest]!) lowest = next;
      if (ys[next]! > ys[highest]!) highest = next;
      next++;
    }
    const [earlier, later] = lowest < highest ? [lowest, highest] : [highest, lowest];
    let before = -1;
    for (const at of [first, earlier, later, next - 1]) {
      if (at > before) kept[count++] = at;
      before = Math.max(before, at);
    }
    first = next;
  }
  return [xs, ys].map((column) => Float64Array.from({ length: count }, (_, i) => column[kept[i]!]!));
}
