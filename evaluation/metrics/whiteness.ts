import { z } from 'zod';
import { CONTROL_PERIOD } from '../../sim/episode/spec.ts';
import { whiteness as whitenessOf } from '../../sim/maths/signals.ts';
import { fixed } from '../numbers.ts';
import type { DriveTrace } from '../trace/drive-trace.ts';
import { defineMetric } from './metric.ts';
import { MEAN } from './totals.ts';

/** Root mean square rate of the commanded steering-wheel angle [deg/s]. */
export function whitenessOfTrace({ columns }: DriveTrace): number {
  return whitenessOf(columns.steeringAngle, 1 / CONTROL_PERIOD);
}

const rate = z.number().min(0);

export const whiteness = defineMetric({
  key: 'whiteness',
  name: 'whiteness',
  unit: 'deg/s',
  formula: 'root mean square of the rate of the commanded steering-wheel angle (University of Tartu)',
  explanation: 'How restless the wheel is',
  version: 1,
  better: 'lower',
  place: 'narrow',
  judges: 'drive',
  schema: { episode: rate, summary: rate.exactOptional() },
  total: MEAN,
  ofEpisode: whitenessOfTrace,
  format: (value) => `${fixed(value, 1)} deg/s`,
});
