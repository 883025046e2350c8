import { defineOpenLoopMetric } from './metric.ts';
import { whitenessWithin } from './whiteness.ts';

export const whitenessRatio = defineOpenLoopMetric({
  key: 'whitenessRatio',
  name: 'whiteness over the truth’s',
  unit: '',
  formula: 'whiteness of the predictions over that of the truth; null where the truth never moves',
  source: 'University of Tartu, e2e-rally-estonia, metrics.py, 2023',
  explanation: 'Well above 1 is nervous, well below 1 is slow to steer',
  better: 'near 1',
  ofBaselines: false,
  of(sequence) {
    const own = whitenessWithin(sequence.predicted, sequence);
    const truths = whitenessWithin(sequence.truth, sequence);
    return own === null || truths === null || truths === 0 ? null : own / truths;
  },
  format: (value) => `${value.toFixed(2)} x`,
});
