import { z } from 'zod';
import { fixed } from '../numbers.ts';
import { defineMetric } from './metric.ts';
import { MEAN } from './totals.ts';
import { whitenessOfTrace } from './whiteness.ts';

const ratio = z.number().min(0).nullable();

export const whitenessRatio = defineMetric({
  key: 'whitenessRatio',
  name: 'whiteness ratio',
  unit: '',
  formula: 'whiteness over the expert’s on the same road; null where the expert’s is 0',
  explanation: 'How restless the wheel is beside the expert’s: well above 1 is nervous, well below 1 is slow to steer',
  version: 1,
  better: 'near 1',
  place: 'wide',
  judges: 'drive',
  schema: { episode: ratio, summary: ratio.exactOptional() },
  total: MEAN,
  ofEpisode(trace, { reference }) {
    const expert = whitenessOfTrace(reference);
    return expert > 0 ? whitenessOfTrace(trace) / expert : null;
  },
  format: (value) => `${fixed(value, 2)} ×`,
});
