import { z } from 'zod';
import { fixed } from '../../numbers.ts';
import { defineMetric } from '../metric.ts';
import { MEAN } from '../totals.ts';

const angle = z.number().min(0).exactOptional();

/** A metric that is not registered, so that tests can add one: the largest steering-wheel angle that was commanded. */
export const fullLock = defineMetric({
  key: 'fullLock',
  name: 'full lock',
  unit: 'rad',
  formula: 'largest |steering-wheel angle| that was commanded',
  explanation: 'How far the wheel was turned',
  version: 3,
  better: 'lower',
  place: 'narrow',
  judges: 'drive',
  schema: { episode: angle, summary: angle },
  total: MEAN,
  ofEpisode: ({ columns }) => columns.steeringAngle.reduce((most, one) => Math.max(most, Math.abs(one)), 0),
  format: (value) => `${fixed(value, 2)} rad`,
});
