import type { Examination } from '../../../models/training/examination/examination.ts';
import { layerOf } from './layer-histograms.ts';

/** One layer of an examination: what goes through it and what moves it. */
export interface LayerRow {
  readonly layer: string;
  /** Norms of all its variables together; null for a layer that has none. */
  readonly gradientNorm: number | null;
  readonly weightNorm: number | null;
  /** Root mean square of its outputs, and the share of units that never speak; null where they were not seen. */
  readonly rms: number | null;
  readonly dead: number | null;
}

/** Variables and outputs of an examination, brought together by layer, in the order of the network. */
export function layerRows({ layers, variables }: Examination): LayerRow[] {
  const squares = new Map<string, { gradient: number; weight: number }>();
  for (const { variable, gradientNorm, weightNorm } of variables) {
    const layer = layerOf(variable);
    const sum = squares.get(layer) ?? { gradient: 0, weight: 0 };
    squares.set(layer, { gradient: sum.gradient + gradientNorm ** 2, weight: sum.weight + weightNorm ** 2 });
  }
  const activity = new Map(layers.map((one) => [one.layer, one]));
  return [...new Set([...squares.keys(), ...activity.keys()])].map((layer) => {
    const sum = squares.get(layer);
    const seen = activity.get(layer);
    return {
      layer,
      gradientNorm: sum ? Math.sqrt(sum.gradient) : null,
      weightNorm: sum ? Math.sqrt(sum.weight) : null,
      rms: seen?.rms ?? null,
      dead: seen?.dead ?? null,
    };
  });
}
