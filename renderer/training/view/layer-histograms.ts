import type { Examination } from '../../../models/training/examination/examination.ts';

/** How the numbers of one layer were spread, examination by examination. */
export interface LayerHistograms {
  readonly layer: string;
  /** Of the gradients of all its variables together; null for a layer that has none. */
  readonly gradients: readonly (readonly number[])[] | null;
  /** Of its outputs; null where they were not seen. */
  readonly outputs: readonly (readonly number[])[] | null;
}

/** Histograms by layer, in the order of the network. @param examinations from the oldest to the newest */
export function layerHistograms(examinations: readonly Examination[]): LayerHistograms[] {
  const gradients = examinations.map(gradientsByLayer);
  const outputs = examinations.map(({ layers }) => new Map(layers.map(({ layer, histogram }) => [layer, histogram])));
  const names = new Set([...gradients, ...outputs].flatMap((byLayer) => [...byLayer.keys()]));
  const over = (all: readonly ReadonlyMap<string, readonly number[]>[], layer: string) =>
    all.some((byLayer) => byLayer.has(layer)) ? all.map((byLayer) => byLayer.get(layer) ?? []) : null;
  return [...names].map((layer) => ({ layer, gradients: over(gradients, layer), outputs: over(outputs, layer) }));
}

function gradientsByLayer({ variables }: Examination): Map<string, readonly number[]> {
  const sums = new Map<string, readonly number[]>();
  for (const { variable, histogram } of variables) {
    const layer = layerOf(variable);
    const before = sums.get(layer);
    sums.set(layer, before ? before.map((count, bin) => count + (histogram[bin] ?? 0)) : histogram);
  }
  return sums;
}

/** The layer that a variable belongs to: `lstm` for `lstm/kernel`. */
export function layerOf(variable: string): string {
  return variable.slice(0, Math.max(0, variable.lastIndexOf('/'))) || variable;
}
