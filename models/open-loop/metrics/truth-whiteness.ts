import { defineOpenLoopMetric } from './metric.ts';
import { whitenessWithin } from './whiteness.ts';

export const truthWhiteness = defineOpenLoopMetric({
  key: 'truthWhiteness',
  name: 'whiteness of the truth',
  unit: 'deg/s',
  formula: 'the same of the true angle',
  source: 'University of Tartu, metrics of the Rally Estonia challenge',
  explanation: 'How restless whoever drove was',
  better: 'none',
  ofBaselines: false,
  of: (sequence) => whitenessWithin(sequence.truth, sequence),
  format: (value) => `${value.toFixed(1)} deg/s`,
});
