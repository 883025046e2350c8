import { z } from 'zod';
import { count } from '../numbers.ts';
import { defineMetric } from './metric.ts';
import { SUM } from './totals.ts';

const whole = z.int().min(0).exactOptional();

export const collisions = defineMetric({
  key: 'collisions',
  name: 'collisions',
  unit: '',
  formula: 'how many of the interventions were contacts with another car',
  explanation: 'Only roads with traffic can have any',
  version: 1,
  better: 'lower',
  place: 'list',
  judges: 'drive',
  schema: { episode: whole, summary: whole },
  total: SUM,
  ofEpisode: ({ interventions }) => interventions.filter(({ collision }) => typeof collision === 'string').length,
  format: count,
});
