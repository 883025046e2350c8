import { METRICS } from '../metrics/registry.ts';
import { type Metrics, scoreOf, scoreSuite } from '../metrics/scores.ts';
import type { Evaluation } from './evaluation.ts';

/**
 * An evaluation with today's scores: those that an earlier version of their formula gave are computed again from what the
 * file says, and become null where it does not say enough. `rescored` tells which these are, by the version they had.
 */
export function withTodaysScores(evaluation: Evaluation, metrics: Metrics = METRICS): Evaluation {
  const earlier = metrics.filter(
    ({ key, version, ofEarlier }) => ofEarlier !== undefined && (evaluation.metrics[key] ?? version) < version,
  );
  if (earlier.length === 0) return evaluation;
  const episodes = evaluation.episodes.map((episode) => {
    const scores = earlier.map((metric) => [metric.key, metric.ofEarlier!(scoreOf(metric, episode), episode)]);
    return { ...episode, ...Object.fromEntries(scores) };
  });
  const { realTimeFactor } = evaluation.summary;
  return {
    ...evaluation,
    metrics: { ...evaluation.metrics, ...Object.fromEntries(earlier.map(({ key, version }) => [key, version])) },
    rescored: Object.fromEntries(earlier.map(({ key }) => [key, evaluation.metrics[key]!])),
    episodes,
    summary: { ...scoreSuite(episodes, metrics), realTimeFactor },
  };
}

/** What `withTodaysScores` has computed again, one line each: `autonomy was written by version 1 of its formula, …`. */
export function rescoredNotes({ rescored = {}, metrics }: Pick<Evaluation, 'rescored' | 'metrics'>): string[] {
  return Object.entries(rescored).map(([metric, version]) => {
    const now = `here it is that of version ${metrics[metric]}, computed from what the file says`;
    return `${metric} was written by version ${version} of its formula; ${now}`;
  });
}
