import { defineOpenLoopMetric, formatError } from './metric.ts';
import { isAngle, meanOf, type Sequence } from './sequence.ts';

/** Width of a bin of the true |angle| [rad]. */
const BIN = 0.1;

/** Mean over the bins of |truth| that are not empty of the mean |error| in each. */
function balanced({ predicted, truth }: Sequence): number {
  const bins = new Map<number, { sum: number; count: number }>();
  for (let t = 0; t < truth.length; t++) {
    const key = Math.floor(Math.abs(truth[t]!) / BIN);
    const bin = bins.get(key) ?? { sum: 0, count: 0 };
    bin.sum += Math.abs(predicted[t]! - truth[t]!);
    bin.count++;
    bins.set(key, bin);
  }
  return meanOf([...bins.values()].map((bin) => bin.sum / bin.count));
}

export const balancedMae = defineOpenLoopMetric({
  key: 'balancedMae',
  name: 'balanced MAE',
  unit: 'head',
  formula: `mean over bins of ${BIN} rad of the true |angle| of the MAE in each; null for other heads than the angle`,
  source: 'Tampuu et al., A Survey of End-to-End Driving, arXiv 2003.06404',
  explanation: 'How far off it is where all bends count alike, so that straights cannot dominate',
  better: 'lower',
  ofBaselines: true,
  of: (sequence): number | null => (isAngle(sequence) ? balanced(sequence) : null),
  format: formatError,
  remark: () => `mean over bins of ${BIN} rad of the true |angle|`,
});
