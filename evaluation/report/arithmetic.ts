import type { DriveFacts } from '../metrics/metric.ts';
import { type Metrics, scoreOf } from '../metrics/scores.ts';
import { html, type Markup } from './markup.ts';

/** How the values came about, of those metrics that tell it: `Autonomy: 1 − (2 interventions · 6 s) / 84.3 s = 85.7 %`. */
export function arithmeticOf(scores: object, episodes: readonly DriveFacts[], metrics: Metrics): Markup[] {
  return metrics.flatMap((metric) => {
    const value = scoreOf(metric, scores);
    if (value === null || metric.arithmetic === undefined) return [];
    const name = `${metric.name.slice(0, 1).toUpperCase()}${metric.name.slice(1)}`;
    return [html`${name}: ${metric.arithmetic(value, episodes)}`];
  });
}
