import type { NetworkCheck } from '../../../../models/inspection/check-network.ts';

/** What a check found, in words, with what to do. */
export function checkWords({ gradients, wrong, overfit }: NetworkCheck): { good: boolean; lines: string[] } {
  const fallen = overfit.before / overfit.after;
  return {
    good: wrong.length === 0 && overfit.passed,
    lines: [
      wrong.length === 0
        ? `All ${gradients.length} gradients agree with finite differences.`
        : `The gradient of ${wrong.join(', ')} differs from finite differences: a kink right there (pooling, ReLU), or a layer that is wrong. Check again with another seed.`,
      overfit.passed
        ? `It learned two windows by heart: the loss fell ${fallen.toFixed(0)} times in ${overfit.steps} steps.`
        : `It could not learn two windows by heart: in ${overfit.steps} steps the loss fell only ${fallen.toFixed(1)} times. It lacks units, or something stands between the picture and the outputs: dropout, a narrow layer, an activation that saturates.`,
    ],
  };
}
