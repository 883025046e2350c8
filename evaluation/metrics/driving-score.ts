import { z } from 'zod';
import { counted } from '../../sim/counted.ts';
import { fixed, tenths } from '../numbers.ts';
import { type DriveFacts, defineMetric } from './metric.ts';
import { sum } from './totals.ts';

/** What a vehicle that was hit costs in CARLA's leaderboard 2.1. */
const CONTACT = 0.7;
/** What something fixed that was hit costs there: a car that leaves its lane hits what stands beside it. */
const LANE_LEFT = 0.6;

/**
 * CARLA's driving score of one drive as its leaderboard 2.1 has it: the share of the route, divided by one plus the
 * coefficients of all infractions [percent].
 */
export function drivingScoreOf({ completed, interventions, collisions = 0 }: DriveFacts): number {
  return (100 * completed) / (1 + CONTACT * collisions + LANE_LEFT * (interventions - collisions));
}

function weightOf({ spec }: DriveFacts): number {
  return spec?.weight ?? 1;
}

/** Of all drives together. */
function weightOfAll(drives: readonly DriveFacts[]): number {
  return sum(drives.map(weightOf));
}

function weightedMean(drives: readonly DriveFacts[]): number | null {
  const weights = weightOfAll(drives);
  if (weights === 0) return null;
  return sum(drives.map((drive) => weightOf(drive) * drivingScoreOf(drive))) / weights;
}

/** e.g. `3 episodes, of weight 9.0 together: 812.5 / 9.0 = 90.2`. */
function inWords(value: number, drives: readonly DriveFacts[]): string {
  const weights = weightOfAll(drives);
  const points = fixed(value * weights, 1);
  const all = `${counted(drives.length, 'episode')} of weight ${fixed(weights, 1)} together`;
  return `${all}: ${points} / ${fixed(weights, 1)} = ${tenths(value)}`;
}

const percentage = z.number().min(0).max(100).exactOptional();

export const drivingScore = defineMetric({
  key: 'drivingScore',
  name: 'driving score',
  unit: '%',
  formula:
    `100 · share of the route / (1 + ${CONTACT} · contacts + ${LANE_LEFT} · other interventions) (CARLA leaderboard 2.1, 2025; ` +
    'a lane that was left counts as something fixed that was hit)',
  explanation: 'One figure for how much was driven and how often somebody had to help; 100 % says nothing of the line',
  version: 1,
  better: 'higher',
  place: 'headline',
  judges: 'route',
  schema: { episode: percentage, summary: percentage },
  total: {
    words:
      'mean of the episodes, each times its weight in the suite, over the sum of the weights; a weight is 1 unless given',
    of: (_, episodes) => weightedMean(episodes),
  },
  ofEpisode: ({ interventions }, { completed }) =>
    drivingScoreOf({
      simulatedSeconds: 0,
      completed,
      interventions: interventions.length,
      collisions: interventions.filter(({ collision }) => typeof collision === 'string').length,
    }),
  format: (value) => `${tenths(value)} %`,
  arithmetic: inWords,
});
