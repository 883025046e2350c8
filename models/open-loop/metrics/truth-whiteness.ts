import { defineOpenLoopMetric } from './metric.ts';
import { whitenessWithin } from './whiteness.ts';

export const truthWhiteness = defineOpenLoopMetric({
  key: 'truthWhiteness',
  name: 'whiteness of the truth',
  unit: 'deg/s',
  formula: 'the same of the true angle',
  source: 'University of Tartu, e2e-rally-estonia, metrics.py, 2023',
  explanation: 'How restless whoever drove was',
  better: 'none',
  ofBaselines: false,
  of: (sequence) => whitenessWithin(sequence.truth, sequence),
  format: (value) => `${value.toFixed(1)} deg/s`,
});
