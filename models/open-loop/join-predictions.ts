import type { HeadPredictions } from './predict.ts';

/**
 * Predictions of several recordings as of one. No run goes from one into another.
 * @param first number of the first sample of each
 * @param rates of each [Hz]
 */
export function joinPredictions(
  parts: readonly HeadPredictions[],
  first: readonly number[],
  rates: readonly number[],
): HeadPredictions {
  const predicted: number[] = [];
  const truth: number[] = [];
  const samples: number[] = [];
  const runs = parts.flatMap((part, i) => {
    const begin = truth.length;
    for (let t = 0; t < part.truth.length; t++) {
      predicted.push(part.predicted[t]!);
      truth.push(part.truth[t]!);
      samples.push(part.samples[t]! + first[i]!);
    }
    return part.runs.map(({ start, end }) => ({ start: start + begin, end: end + begin, rate: rates[i]! }));
  });
  return {
    predicted: Float32Array.from(predicted),
    truth: Float32Array.from(truth),
    samples: Int32Array.from(samples),
    runs,
  };
}
