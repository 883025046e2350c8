import { rootMeanSquare } from '../../../sim/maths/signals.ts';
import { defineOpenLoopMetric, formatError } from './metric.ts';
import { errorsOf } from './sequence.ts';

export const rmse = defineOpenLoopMetric({
  key: 'rmse',
  name: 'RMSE',
  unit: 'head',
  formula: 'root of the mean over frames of (predicted − true)²',
  source: 'Udacity challenge 2, 2016',
  explanation: 'How far off it is, large errors weighing most; it says little about driving (Codevilla et al. 2018)',
  better: 'lower',
  ofBaselines: true,
  of: (sequence) => rootMeanSquare(errorsOf(sequence)),
  format: formatError,
});
