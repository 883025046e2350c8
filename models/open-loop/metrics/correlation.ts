import { defineOpenLoopMetric } from './metric.ts';
import { meanOf, type Sequence } from './sequence.ts';

/** Deviations smaller than this share of the values are rounding. */
const ROUNDING = 1e-12;

function pearson({ predicted, truth }: Sequence): number | null {
  const means = { predicted: meanOf(predicted), truth: meanOf(truth) };
  let [both, ofPredicted, ofTruth] = [0, 0, 0];
  for (let t = 0; t < truth.length; t++) {
    const [p, q] = [predicted[t]! - means.predicted, truth[t]! - means.truth];
    both += p * q;
    ofPredicted += p * p;
    ofTruth += q * q;
  }
  const moves = (squares: number, mean: number) => Math.sqrt(squares / truth.length) > ROUNDING * Math.abs(mean);
  if (!moves(ofPredicted, means.predicted) || !moves(ofTruth, means.truth)) return null;
  return Math.max(-1, Math.min(1, both / Math.sqrt(ofPredicted * ofTruth)));
}

export const correlation = defineOpenLoopMetric({
  key: 'correlation',
  name: 'correlation',
  unit: '',
  formula: 'Pearson’s r of predicted and true; null where either never changes',
  source: 'Pearson 1895',
  explanation:
    'Whether it steers when the truth does, whatever the size: 1 is always, 0 is chance, below 0 the wrong way',
  better: 'higher',
  ofBaselines: true,
  of: pearson,
  format: (value) => value.toFixed(3),
});
