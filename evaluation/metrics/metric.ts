import type { z } from 'zod';
import type { EpisodeSpec } from '../../sim/episode/spec.ts';
import type { DriveTrace } from '../trace/drive-trace.ts';

/** Value of a metric; null where it has none, e.g. a ratio over nothing. */
export type Score = number | null;

/** What a metric may ask beside the trace. */
export interface DriveContext {
  readonly spec: EpisodeSpec;
  /** How long the drive was in the world [s]. */
  readonly seconds: number;
  /** Share of the route that was driven, 0 to 1. */
  readonly completed: number;
  /** How the expert drove the same route, by angle. */
  readonly reference: DriveTrace;
}

/** What totals and arithmetic may ask of an episode. */
export interface DriveFacts {
  readonly simulatedSeconds: number;
  /** Share of the route that was driven, 0 to 1. */
  readonly completed: number;
  readonly interventions: number;
  /** Those of the interventions that were contacts; absent in files that are older than the figure. */
  readonly collisions?: number;
  /** How much it counts in a weighted mean; 1 where it does not say. */
  readonly spec?: Pick<EpisodeSpec, 'weight'>;
}

/** How the values of the episodes become one for a suite. */
export interface Total {
  /** e.g. `mean`; ends the sentence "over a suite: …". */
  readonly words: string;
  /**
   * @param values one for each episode that has one
   * @param episodes all of them
   * @returns null where no episode has a value
   */
  of(values: readonly number[], episodes: readonly DriveFacts[]): Score;
}

/** Schema of a value, as it stands in `evaluation.json`. */
export type ScoreSchema = z.ZodType<Score | undefined>;

/**
 * Where a metric is shown, from the narrowest place to the widest; each place shows what the narrower ones do. `headline`:
 * the few figures of a whole evaluation. `narrow`: tables that have two columns a metric, or links beside it. `wide`: tables
 * with a column each. `list`: only in `evaluation.json`, the report's notes, the means of `compare` and docs/exam.md.
 */
export const PLACES = ['headline', 'narrow', 'wide', 'list'] as const;
export type Place = (typeof PLACES)[number];

/** One figure by which a drive is judged, told completely: a file of its own, and a line in the registry. */
export interface Metric<
  Key extends string = string,
  Episode extends ScoreSchema = ScoreSchema,
  Summary extends ScoreSchema = ScoreSchema,
> {
  /** Its key in `evaluation.json`. */
  readonly key: Key;
  /** What people call it, in small letters. */
  readonly name: string;
  /** Unit of the value in files; empty for shares, counts and ratios. */
  readonly unit: string;
  /** How it is computed, in words or signs, with its source. */
  readonly formula: string;
  /** What it tells a person, and what it does not: a sentence without its full stop. */
  readonly explanation: string;
  /** Goes up when the same drive would get another value. */
  readonly version: number;
  readonly better: 'higher' | 'lower' | 'near 1' | 'none';
  readonly place: Place;
  /**
   * `route`: what was not driven of the route makes it worse. `drive`: it only tells of what was driven, so in a comparison
   * it speaks for nobody who drove less of the route than the other.
   */
  readonly judges: 'route' | 'drive';
  /** Its values in an episode and over a suite. `exactOptional` where evaluations are older than the metric. */
  readonly schema: { readonly episode: Episode; readonly summary: Summary };
  readonly total: Total;
  /** Its value for one drive. */
  ofEpisode(trace: DriveTrace, context: DriveContext): Score;
  /** The value with its unit, for people. */
  format(value: number): string;
  /**
   * Its value for an episode that was scored by an earlier version, as far as the file says it; null where it does not.
   * Without this function values of earlier versions stay as they are, and are told from others by their version.
   */
  ofEarlier?(value: Score, episode: DriveFacts): Score;
  /** How this value came about, over these episodes, where that is worth a line. */
  arithmetic?(value: number, episodes: readonly DriveFacts[]): string;
}

/** Keeps the types of key and schema, by which evaluations are typed. */
export function defineMetric<Key extends string, Episode extends ScoreSchema, Summary extends ScoreSchema>(
  metric: Metric<Key, Episode, Summary>,
): Metric<Key, Episode, Summary> {
  return metric;
}
