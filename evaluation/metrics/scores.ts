import type { z } from 'zod';
import type { DriveTrace } from '../trace/drive-trace.ts';
import { type DriveContext, type DriveFacts, type Metric, PLACES, type Place, type Score } from './metric.ts';
import { METRICS } from './registry.ts';

/** A list of metrics; every function here takes the built-in one when it is given none. */
export type Metrics = readonly Metric[];

type Shape<List extends Metrics, Part extends keyof Metric['schema']> = {
  [One in List[number] as One['key']]: One['schema'][Part];
};

/** The schemas of the metrics by key, for an episode or for a suite. */
export function scoreShape<List extends Metrics, Part extends keyof Metric['schema']>(
  metrics: List,
  part: Part,
): Shape<List, Part> {
  return Object.fromEntries(metrics.map(({ key, schema }) => [key, schema[part]])) as Shape<List, Part>;
}

type Scores<Part extends keyof Metric['schema']> = z.infer<z.ZodObject<Shape<typeof METRICS, Part>>>;
/** The values of the built-in metrics. */
export type EpisodeScores = Scores<'episode'>;
export type SuiteScores = Scores<'summary'>;

/** Scores one drive by every metric. */
export function scoreEpisode(trace: DriveTrace, context: DriveContext, metrics: Metrics = METRICS): EpisodeScores {
  return Object.fromEntries(metrics.map(({ key, ofEpisode }) => [key, ofEpisode(trace, context)])) as EpisodeScores;
}

/** The scores of a suite from those of its episodes. A metric that none of them has is left out. */
export function scoreSuite(episodes: readonly DriveFacts[], metrics: Metrics = METRICS): SuiteScores {
  const totals = metrics.map((metric) => [metric.key, totalOf(metric, episodes)] as const);
  return Object.fromEntries(totals.filter(([, total]) => total !== null)) as SuiteScores;
}

/** One metric over all episodes; null where none of them has a value. */
export function totalOf(metric: Metric, episodes: readonly DriveFacts[]): Score {
  const values = episodes.map((episode) => scoreOf(metric, episode)).filter((value) => value !== null);
  return metric.total.of(values, episodes);
}

/** The value of a metric in an episode or a summary; null where there is none, as in one that is older than the metric. */
export function scoreOf({ key }: Pick<Metric, 'key'>, scores: object): Score {
  const value: unknown = (scores as Readonly<Record<string, unknown>>)[key];
  return typeof value === 'number' ? value : null;
}

/** The value for people; a dash where there is none. */
export function scoreText(metric: Metric, scores: object): string {
  return formatScore(metric, scoreOf(metric, scores));
}

/** A value for people; a dash for none. */
export function formatScore({ format }: Pick<Metric, 'format'>, value: Score): string {
  return value === null ? '–' : format(value);
}

/** By how much one value is better than another: above 0 for better, below 0 for worse, 0 where neither is. */
export function betterBy({ better }: Pick<Metric, 'better'>, value: number, other: number): number {
  if (better === 'higher') return value - other;
  if (better === 'lower') return other - value;
  return better === 'near 1' ? Math.abs(other - 1) - Math.abs(value - 1) : 0;
}

/** The metrics that a place shows. */
export function metricsIn<List extends Metrics>(place: Place, metrics: List): List[number][] {
  return metrics.filter((metric) => PLACES.indexOf(metric.place) <= PLACES.indexOf(place));
}

/** Versions of the formulas, as `evaluation.json` keeps them. */
export function metricVersions(metrics: Metrics = METRICS): Record<string, number> {
  return Object.fromEntries(metrics.map(({ key, version }) => [key, version]));
}
