import { autonomy } from './autonomy.ts';
import { collisions } from './collisions.ts';
import { completed } from './completed.ts';
import { drivingScore } from './driving-score.ts';
import { interventions } from './interventions.ts';
import { lateralRms } from './lateral-rms.ts';
import type { Metric } from './metric.ts';
import { speedRms } from './speed-rms.ts';
import { whiteness } from './whiteness.ts';
import { whitenessRatio } from './whiteness-ratio.ts';

/**
 * The metrics by which drives are judged, in the order in which everything lists them: `evaluation.json`, tables, reports,
 * `compare`, the pages and docs/exam.md. A new one is a file beside these and a line here.
 */
export const METRICS = [
  completed,
  autonomy,
  drivingScore,
  interventions,
  collisions,
  lateralRms,
  speedRms,
  whiteness,
  whitenessRatio,
] as const satisfies readonly Metric[];
