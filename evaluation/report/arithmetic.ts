import { INTERVENTION_COST } from '../metrics/closed-loop.ts';
import { counted, fixed, percent } from './numbers.ts';

/** How an autonomy comes about, in words: `1 − (2 interventions · 6 s) / 84.3 s = 85.7 %`. */
export function autonomyInWords(interventions: number, seconds: number, autonomy: number): string {
  const cost = `(${counted(interventions, 'intervention')} · ${INTERVENTION_COST} s)`;
  const formula = `1 − ${cost} / ${fixed(seconds, 1)} s`;
  if (interventions * INTERVENTION_COST > seconds) return `${formula} is below 0 and counts as ${percent(autonomy)} %`;
  return `${formula} = ${percent(autonomy)} %`;
}
