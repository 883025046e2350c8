import type { RandomStream } from '../../sim/random/stream.ts';

const BINS = 15;

/**
 * Probability of each window, mixed from "as recorded" and "every steering angle equally often".
 *
 * Windows fall into bins of equal width between the 1st and the 99th percentile of the angle (the outer bins take the
 * rest); the bins share the probability equally.
 * @param angles steering angle of each window [rad]; NaN where it has no label
 * @param balance 0 as recorded … 1 fully balanced
 * @returns probabilities, sum 1
 */
export function samplingWeights(angles: Float32Array, balance: number): Float64Array {
  const even = 1 / angles.length;
  const weights = new Float64Array(angles.length).fill(even);
  const labelled = angles.filter((angle) => Number.isFinite(angle)).sort();
  if (balance === 0 || labelled.length === 0) return weights;
  const low = labelled[Math.floor(0.01 * (labelled.length - 1))]!;
  const high = labelled[Math.ceil(0.99 * (labelled.length - 1))]!;
  if (!(high > low)) return weights;
  const bin = (angle: number): number =>
    Math.min(BINS - 1, Math.max(0, Math.floor(((angle - low) / (high - low)) * BINS)));
  const counts = new Array<number>(BINS).fill(0);
  for (const angle of labelled) counts[bin(angle)]! += 1;
  const filled = counts.filter((count) => count > 0).length;
  const share = labelled.length / angles.length;
  for (const [i, angle] of angles.entries()) {
    if (!Number.isFinite(angle)) continue;
    weights[i] = (1 - balance) * even + (balance * share) / (filled * counts[bin(angle)]!);
  }
  return weights;
}

/** All windows once, in random order (Fisher & Yates). */
export function shuffled(length: number, random: RandomStream): number[] {
  const order = Array.from({ length }, (_, i) => i);
  for (let i = length - 1; i > 0; i--) {
    const j = random.integer(0, i);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

/**
 * As many windows as there are, by probability, in random order. Systematic sampling: evenly spaced points over the
 * summed probabilities, so that a window of probability p comes n·p times, rounded up or down.
 */
export function drawn(weights: Float64Array, random: RandomStream): number[] {
  const length = weights.length;
  const start = random.uniform();
  const picked: number[] = [];
  let sum = 0;
  for (let i = 0; i < length; i++) {
    sum += weights[i]! * length;
    while (picked.length < length && picked.length + start < sum) picked.push(i);
  }
  while (picked.length < length) picked.push(length - 1);
  return shuffled(length, random).map((i) => picked[i]!);
}
