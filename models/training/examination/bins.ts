/** Bins of a scale that is logarithmic to both sides of zero, so that tiny and huge numbers of both signs are told apart. */
export interface SignedBins {
  /** |x| below 10^lowest counts as zero. */
  readonly lowest: number;
  /** |x| from 10^highest on falls into the outermost bins. */
  readonly highest: number;
}

/** Bins in a factor of ten. */
export const PER_DECADE = 2;

/** The same at all steps and for all layers, so that histograms can stand beside each other. */
export const GRADIENT_BINS: SignedBins = { lowest: -8, highest: 1 };
export const ACTIVATION_BINS: SignedBins = { lowest: -4, highest: 2 };

/** Bins on one side of zero. */
export function sideOf({ lowest, highest }: SignedBins): number {
  return (highest - lowest) * PER_DECADE;
}
