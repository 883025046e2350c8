import { z } from 'zod';
import { rootMeanSquare } from '../../sim/maths/signals.ts';
import { fixed } from '../numbers.ts';
import { defineMetric } from './metric.ts';
import { MEAN } from './totals.ts';

const metres = z.number().min(0);

export const lateralRms = defineMetric({
  key: 'lateralRms',
  name: 'lateral RMS',
  unit: 'm',
  formula: 'root mean square of the distance from the middle of the lane',
  explanation: 'How far off its line the car drives, on whichever side',
  version: 1,
  better: 'lower',
  place: 'narrow',
  judges: 'drive',
  schema: { episode: metres, summary: metres.exactOptional() },
  total: MEAN,
  ofEpisode: ({ columns }) => rootMeanSquare(columns.lateralError),
  format: (value) => `${fixed(value, 2)} m`,
});
