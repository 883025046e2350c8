import type { Evaluation } from '../../evaluation/files/evaluation.ts';
import { autonomy } from '../../evaluation/metrics/autonomy.ts';
import type { Metric, Score } from '../../evaluation/metrics/metric.ts';
import { METRICS } from '../../evaluation/metrics/registry.ts';
import { betterBy, formatScore, type Metrics, metricsIn, scoreOf, totalOf } from '../../evaluation/metrics/scores.ts';

/** A figure that evaluations are compared by. */
export interface Figure {
  readonly name: string;
  readonly better: Metric['better'];
  readonly judges: Metric['judges'];
  readonly of: (evaluation: Evaluation) => Score;
  readonly format: (value: Score) => string;
}

/** What stands at the head of a metric's column. */
export function columnTitle({ name }: Pick<Metric, 'name'>): string {
  return `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
}

/** Every metric that a wide table has a place for, over all episodes, and the autonomy of the worst of them. */
export function figuresOf(metrics: Metrics = METRICS): Figure[] {
  return metricsIn('wide', metrics).flatMap((metric) => {
    const format = (value: Score) => formatScore(metric, value);
    const figure: Figure = {
      name: columnTitle(metric),
      better: metric.better,
      judges: metric.judges,
      // Older summaries do not hold all of them.
      of: ({ summary, episodes }) => scoreOf(metric, summary) ?? totalOf(metric, episodes),
      format,
    };
    return metric.key === autonomy.key ? [figure, { ...figure, name: 'Worst episode', of: worstAutonomy }] : [figure];
  });
}

function worstAutonomy({ episodes }: Evaluation): Score {
  return episodes.length === 0 ? null : Math.min(...episodes.map((episode) => episode.autonomy));
}

/**
 * For each figure the best value among evaluations; null when they do not differ, since then none is best. Of figures that
 * only tell of what was driven, it is the best among those that drove most of their routes.
 */
export function bestValues(evaluations: readonly Evaluation[], figures: readonly Figure[]): Score[] {
  const mostDriven = Math.max(...evaluations.map(({ summary }) => summary.completed));
  const thorough = evaluations.filter(({ summary }) => summary.completed === mostDriven);
  return figures.map((figure) => {
    const values = (figure.judges === 'drive' ? thorough : evaluations)
      .map(figure.of)
      .filter((value) => value !== null);
    const [best, ...others] = values.toSorted((a, b) => betterBy(figure, b, a));
    const differs = best !== undefined && others.some((other) => betterBy(figure, best, other) > 0);
    return differs ? best : null;
  });
}
