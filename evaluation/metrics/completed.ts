import { z } from 'zod';
import { percent } from '../numbers.ts';
import { defineMetric } from './metric.ts';
import { MEAN } from './totals.ts';

const share = z.number().min(0).max(1);

export const completed = defineMetric({
  key: 'completed',
  name: 'completed',
  unit: '',
  formula: 'share of the route that was driven before the time ran out, 0 to 1',
  explanation: 'Below 100 % the driver was too slow, or lost too much time where it was put back',
  version: 1,
  better: 'higher',
  place: 'headline',
  judges: 'route',
  schema: { episode: share, summary: share },
  total: MEAN,
  ofEpisode: (_, context) => context.completed,
  format: (value) => `${percent(value * 100)} %`,
});
