import { z } from 'zod';
import { INTERVENTION_DISTANCE } from '../../sim/episode/contract.ts';
import { count } from '../numbers.ts';
import { defineMetric } from './metric.ts';
import { SUM } from './totals.ts';

const whole = z.int().min(0);

export const interventions = defineMetric({
  key: 'interventions',
  name: 'interventions',
  unit: '',
  formula: `how often the car was more than ${INTERVENTION_DISTANCE} m from the middle of its lane, or touched another, and was put back`,
  explanation: 'How often a person would have had to take the wheel',
  version: 1,
  better: 'lower',
  place: 'headline',
  judges: 'drive',
  schema: { episode: whole, summary: whole },
  total: SUM,
  ofEpisode: (trace) => trace.interventions.length,
  format: count,
});
