import { rootMeanSquare } from '../../../sim/maths/signals.ts';
import { defineOpenLoopMetric } from './metric.ts';
import { isAngle, runsOf, type Sequence } from './sequence.ts';

/** Root mean square rate within the runs [deg/s]; null for what is no angle. */
export function whitenessWithin(values: ArrayLike<number>, sequence: Sequence): number | null {
  if (!isAngle(sequence)) return null;
  const rates: number[] = [];
  for (const { start, end, rate } of runsOf(sequence)) {
    for (let t = start + 1; t < end; t++) {
      rates.push((values[t]! - values[t - 1]!) * rate * (180 / Math.PI));
    }
  }
  return rootMeanSquare(rates);
}

export const whiteness = defineOpenLoopMetric({
  key: 'whiteness',
  name: 'whiteness',
  unit: 'deg/s',
  formula: 'root mean square of the rate of the predicted angle; null for other heads',
  source: 'University of Tartu, e2e-rally-estonia, metrics.py, 2023',
  explanation: 'How restless the wheel would be, which RMSE does not see',
  better: 'lower',
  ofBaselines: false,
  of: (sequence) => whitenessWithin(sequence.predicted, sequence),
  format: (value) => `${value.toFixed(1)} deg/s`,
});
