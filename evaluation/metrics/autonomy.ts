import { z } from 'zod';
import { counted } from '../../sim/counted.ts';
import { fixed, percent, tenths } from '../numbers.ts';
import { type DriveFacts, defineMetric } from './metric.ts';
import { sum } from './totals.ts';

/** Simulated time that an intervention costs: NVIDIA, End to End Learning for Self-Driving Cars, section 7.1 [s]. */
export const INTERVENTION_COST = 6;

/** What the drives' time is made of [s]. */
function timesOf(drives: readonly DriveFacts[]) {
  return {
    elapsed: sum(drives.map(({ simulatedSeconds }) => simulatedSeconds)),
    helped: sum(drives.map(({ interventions }) => interventions)) * INTERVENTION_COST,
    // The share of a drive in which the car did not do its route.
    undriven: sum(drives.map(({ completed, simulatedSeconds }) => (1 - completed) * simulatedSeconds)),
  };
}

/**
 * NVIDIA's autonomy [percent], over one drive or several: the share of the time in which no person had the wheel, not below
 * 0. NVIDIA's cars all drove their routes to the end; here what was not driven counts as driven by a person, at the pace at
 * which the time ran out. A drive that never began has none.
 */
export function autonomyOf(drives: readonly DriveFacts[]): number {
  const { elapsed, helped, undriven } = timesOf(drives);
  return elapsed === 0 ? 0 : Math.max(0, (1 - (helped + undriven) / elapsed) * 100);
}

/** e.g. `1 − (2 interventions · 6 s + 20.4 s for routes not driven) / 84.3 s = 61.5 %`. */
function inWords(value: number, drives: readonly DriveFacts[]): string {
  const { elapsed, helped, undriven } = timesOf(drives);
  const interventions = sum(drives.map((drive) => drive.interventions));
  const rest = undriven > 0 ? ` + ${fixed(undriven, 1)} s for ${counted(drives.length, 'route')} not all driven` : '';
  const cost = `(${counted(interventions, 'intervention')} · ${INTERVENTION_COST} s${rest})`;
  const below = helped + undriven > elapsed;
  const formula = `1 − ${cost} / ${fixed(elapsed, 1)} s`;
  return `${formula} ${below ? 'is below 0 and counts as' : '='} ${percent(value)} %`;
}

const percentage = z.number().min(0).max(100);
export const autonomy = defineMetric({
  key: 'autonomy',
  name: 'autonomy',
  unit: '%',
  formula:
    `(1 − (interventions · ${INTERVENTION_COST} s + share of the route not driven · elapsed) / elapsed) · 100, not below 0 ` +
    '(NVIDIA, 2016; what was not driven counts as driven by a person)',
  explanation: 'It saturates: 100 % means that the route was driven and nobody had to help, not that the line was good',
  version: 2,
  better: 'higher',
  place: 'headline',
  judges: 'route',
  schema: { episode: percentage, summary: percentage },
  total: {
    words: 'interventions, routes and seconds of all episodes in the one formula',
    of: (_, episodes) => autonomyOf(episodes),
  },
  ofEpisode: ({ interventions }, { seconds: simulatedSeconds, completed }) =>
    autonomyOf([{ simulatedSeconds, completed, interventions: interventions.length }]),
  // All that the formula needs has always stood in the file.
  ofEarlier: (_, episode) => autonomyOf([episode]),
  format: (value) => `${tenths(value)} %`,
  arithmetic: inWords,
});
