import type { RandomStream } from '../../sim/random/stream.ts';

export interface BalanceOptions {
  /** Bins over the steering angle. Default 25. */
  readonly bins?: number;
  /** 0: as recorded; 1: every bin equally often. Default 0.7. */
  readonly strength?: number;
  /** A window is drawn at most this many times as often as without balancing, however rare its angle. Default 10. */
  readonly most?: number;
}

/**
 * Weight of each window, mean 1, so that rare steering angles are drawn more often: the inverse of the frequency of the
 * window's bin, to the power `strength`. Bins are equally wide up to the 99th percentile of the angle's magnitude; what
 * is beyond counts with the outermost. Windows without label form a bin of their own.
 */
export function balanceWeights(steering: Float32Array, options: BalanceOptions = {}): Float64Array {
  const { bins = 25, strength = 0.7, most = 10 } = options;
  const sizes = steering
    .filter((angle) => !Number.isNaN(angle))
    .map(Math.abs)
    .sort();
  const limit = sizes[Math.floor(0.99 * (sizes.length - 1))] || 1;
  const binOf = (angle: number) =>
    Number.isNaN(angle) ? bins : Math.max(0, Math.min(bins - 1, Math.floor(((angle / limit + 1) / 2) * bins)));
  const counts = new Float64Array(bins + 1);
  for (const angle of steering) counts[binOf(angle)]!++;
  const filled = counts.filter((count) => count > 0).length;
  const even = steering.length / filled;
  const weights = Float64Array.from(steering, (angle) => Math.min(most, (even / counts[binOf(angle)]!) ** strength));
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
  return weights.map((weight) => weight / mean);
}

/**
 * Draws window numbers with replacement, each as often as its weight says: systematic resampling in shuffled order, so
 * that in one epoch a window of weight w comes floor(w) or ceil(w) times.
 * @returns as many numbers as there are weights
 */
export function weightedEpoch(weights: Float64Array, stream: RandomStream): Int32Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const step = total / weights.length;
  const drawn = new Int32Array(weights.length);
  let at = stream.uniform() * step;
  let sum = 0;
  let count = 0;
  for (let i = 0; i < weights.length; i++) {
    sum += weights[i]!;
    while (at < sum && count < drawn.length) {
      drawn[count++] = i;
      at += step;
    }
  }
  while (count < drawn.length) drawn[count++] = weights.length - 1;
  return shuffle(drawn, stream);
}

/** All window numbers once, shuffled. */
export function shuffledEpoch(length: number, stream: RandomStream): Int32Array {
  return shuffle(
    Int32Array.from({ length }, (_, i) => i),
    stream,
  );
}

/** Fisher and Yates (Durstenfeld 1964), in place. */
function shuffle(numbers: Int32Array, stream: RandomStream): Int32Array {
  for (let i = numbers.length - 1; i > 0; i--) {
    const j = stream.integer(0, i);
    const kept = numbers[i]!;
    numbers[i] = numbers[j]!;
    numbers[j] = kept;
  }
  return numbers;
}
