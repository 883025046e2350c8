import { defineOpenLoopMetric, formatError } from './metric.ts';
import { errorsOf, meanOf } from './sequence.ts';

export const mae = defineOpenLoopMetric({
  key: 'mae',
  name: 'MAE',
  unit: 'head',
  formula: 'mean over frames of |predicted − true|',
  source: 'Codevilla et al., On Offline Evaluation of Vision-based Driving Models, 2018',
  explanation: 'How far off it is on a usual frame; straights, of which there are most, decide it',
  better: 'lower',
  ofBaselines: true,
  of: (sequence) => meanOf(errorsOf(sequence).map(Math.abs)),
  format: formatError,
});
