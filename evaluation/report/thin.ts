/**
 * Picks the samples that a chart of that many columns can show: of each column the smallest and the largest value, and
 * the first and last of all, so that no peak is lost.
 * @param times ascending
 * @returns ascending indices into `values`; values that are no numbers are left out
 */
export function thinSeries(times: readonly number[], values: readonly number[], columns: number): number[] {
  const finite = values.flatMap((value, i) => (Number.isFinite(value) ? [i] : []));
  if (finite.length <= 2 * columns) return finite;
  const start = times[finite[0]!]!;
  const span = times[finite.at(-1)!]! - start;
  const kept = new Set([finite[0]!, finite.at(-1)!]);
  const lowest = new Map<number, number>();
  const highest = new Map<number, number>();
  for (const i of finite) {
    const column = Math.min(columns - 1, Math.floor(((times[i]! - start) / span) * columns));
    if (values[i]! < values[lowest.get(column) ?? i]! || !lowest.has(column)) lowest.set(column, i);
    if (values[i]! > values[highest.get(column) ?? i]! || !highest.has(column)) highest.set(column, i);
  }
  for (const i of [...lowest.values(), ...highest.values()]) kept.add(i);
  return [...kept].sort((a, b) => a - b);
}

/**
 * Picks points of a line that lie at least `distance` apart, and the first and the last.
 * @returns ascending indices
 */
export function thinLine(points: readonly (readonly [number, number])[], distance: number): number[] {
  const kept: number[] = [];
  let last: readonly [number, number] | undefined;
  points.forEach((point, i) => {
    const end = i === points.length - 1;
    if (last && !end && Math.hypot(point[0] - last[0], point[1] - last[1]) < distance) return;
    kept.push(i);
    last = point;
  });
  return kept;
}

/** Picks `count` of `length` things, evenly, with the first and the last. */
export function thinEvenly(length: number, count: number): number[] {
  if (length <= count) return Array.from({ length }, (_, i) => i);
  if (count === 1) return [0];
  return Array.from({ length: count }, (_, i) => Math.round((i * (length - 1)) / (count - 1)));
}
