/**
 * Curves with steps of their own as one table with a common x, for a chart: `[x, y of the first, y of the second …]`.
 * Where a curve has no point it has null.
 * @param curves each `[x, y]`, x growing
 */
export function joinByStep(curves: readonly (readonly Float64Array[])[]): (Float64Array | (number | null)[])[] {
  const [only] = curves;
  const filled = curves.filter(([xs]) => xs!.length > 0);
  if (filled.length === 0) return [new Float64Array(), ...curves.map(() => [])];
  if (curves.length === 1) return [only![0]!, only![1]!];
  const steps = new Set<number>();
  for (const [xs] of curves) for (const x of xs!) steps.add(x);
  const x = Float64Array.from(steps).sort();
  return [x, ...curves.map(([xs, ys]) => spread(x, xs!, ys!))];
}

function spread(x: Float64Array, xs: Float64Array, ys: Float64Array): (number | null)[] {
  const column = new Array<number | null>(x.length).fill(null);
  let at = 0;
  for (let i = 0; i < xs.length; i++) {
    while (x[at]! < xs[i]!) at++;
    column[at] = Number.isFinite(ys[i]) ? ys[i]! : null;
  }
  return column;
}
