import { z } from 'zod';
import { rootMeanSquare } from '../../sim/maths/signals.ts';
import { fixed } from '../numbers.ts';
import { defineMetric } from './metric.ts';
import { MEAN } from './totals.ts';

const speed = z.number().min(0);

export const speedRms = defineMetric({
  key: 'speedRms',
  name: 'speed RMS',
  unit: 'm/s',
  formula: 'root mean square of the speed minus the expert’s at the same place',
  explanation: 'How far the car’s speed is from the expert’s, too fast or too slow',
  version: 1,
  better: 'lower',
  place: 'wide',
  schema: { episode: speed, summary: speed.exactOptional() },
  total: MEAN,
  ofEpisode: ({ columns: { actualSpeed, referenceSpeed } }) =>
    rootMeanSquare(actualSpeed.map((driven, i) => driven - referenceSpeed[i]!)),
  format: (value) => `${fixed(value, 2)} m/s`,
});
