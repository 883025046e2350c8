import type { TrainingOptions } from './options.ts';

/** A variance next to nothing: labels that never change would make a gaussian loss infinite. */
const LEAST_VARIANCE = Math.exp(-10);

/**
 * What always saying the mean of the labels costs, by the loss that is trained with: what a head must beat to have learned
 * anything. For `gaussian` the mean comes with the labels' own variance.
 * @param labels scaled as the network's outputs are
 * @returns NaN without labels
 */
export function lossOfMean(
  labels: readonly number[],
  { loss, huberDelta }: Pick<TrainingOptions, 'loss' | 'huberDelta'>,
): number {
  const average = (of: (label: number) => number) => labels.reduce((sum, label) => sum + of(label), 0) / labels.length;
  const mean = average((label) => label);
  const variance = average((label) => (label - mean) ** 2);
  if (loss === 'gaussian') return 0.5 * (1 + Math.log(Math.max(variance, LEAST_VARIANCE)));
  if (loss === 'mse') return variance;
  if (loss === 'mae') return average((label) => Math.abs(label - mean));
  return average((label) => {
    const distance = Math.abs(label - mean);
    const near = Math.min(distance, huberDelta);
    return near * (distance - near / 2);
  });
}
