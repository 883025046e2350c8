import { z } from 'zod';
import { counted } from '../../sim/counted.ts';
import { fixed, percent, tenths } from '../numbers.ts';
import { type DriveFacts, defineMetric } from './metric.ts';

/** Simulated time that an intervention costs: NVIDIA, End to End Learning for Self-Driving Cars, section 7.1 [s]. */
export const INTERVENTION_COST = 6;

/**
 * NVIDIA's autonomy [percent]: `(1 - interventions * 6 s / elapsed) * 100`, not below 0.
 * @param elapsed simulated time [s]
 */
export function autonomyOf(interventions: number, elapsed: number): number {
  if (interventions === 0) return 100;
  return Math.max(0, (1 - (interventions * INTERVENTION_COST) / elapsed) * 100);
}

/** e.g. `1 − (2 interventions · 6 s) / 84.3 s = 85.7 %`. */
function inWords(value: number, { interventions, simulatedSeconds }: DriveFacts): string {
  const cost = `(${counted(interventions, 'intervention')} · ${INTERVENTION_COST} s)`;
  const formula = `1 − ${cost} / ${fixed(simulatedSeconds, 1)} s`;
  const below = interventions * INTERVENTION_COST > simulatedSeconds;
  return `${formula} ${below ? 'is below 0 and counts as' : '='} ${percent(value)} %`;
}

const percentage = z.number().min(0).max(100);

export const autonomy = defineMetric({
  key: 'autonomy',
  name: 'autonomy',
  unit: '%',
  formula: `(1 − interventions · ${INTERVENTION_COST} s / elapsed) · 100, not below 0 (NVIDIA, 2016)`,
  explanation: 'It saturates: 100 % means that nobody had to help, not that the line was good',
  version: 1,
  better: 'higher',
  place: 'headline',
  schema: { episode: percentage, summary: percentage },
  total: {
    words: 'interventions and seconds of all episodes in the one formula',
    of(_, episodes) {
      const total = (field: keyof DriveFacts) => episodes.reduce((sum, episode) => sum + episode[field], 0);
      return autonomyOf(total('interventions'), total('simulatedSeconds'));
    },
  },
  ofEpisode: ({ interventions }, { seconds }) => autonomyOf(interventions.length, seconds),
  format: (value) => `${tenths(value)} %`,
  arithmetic: inWords,
});
