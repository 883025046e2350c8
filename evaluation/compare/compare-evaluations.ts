import { Refusal } from '../../sim/refusal.ts';
import { worldKey } from '../episode-key.ts';
import type { EpisodeResult, Evaluation } from '../files/evaluation.ts';
import { rescoredNotes } from '../files/todays-scores.ts';
import { autonomyOf } from '../metrics/autonomy.ts';
import type { Metric, Score } from '../metrics/metric.ts';
import { METRICS } from '../metrics/registry.ts';
import { betterBy, type Metrics, scoreOf } from '../metrics/scores.ts';
import { pairEpisodes, refuseAmbiguous } from './pair-episodes.ts';

/** Who is ahead by the main score, over the episodes that both drove. */
export interface Verdict {
  /** Autonomy of each [percent]. */
  readonly first: number;
  readonly second: number;
  readonly ahead: 'first' | 'second' | 'neither';
}

/** Two drives of the same episode. */
export interface ComparedEpisode {
  readonly track: string;
  readonly seed: number;
  readonly first: EpisodeResult;
  readonly second: EpisodeResult;
  /** The two drives are the same to the last bit. */
  readonly same: boolean;
}

/** A metric over all episodes that both evaluations drove and scored by it. */
export interface ComparedMean {
  /** Mean over these episodes; null where there are none. */
  readonly first: Score;
  readonly second: Score;
  /**
   * Episodes in which the first, or the second, is better. By a metric that only tells of what was driven nobody is who
   * drove less of the route than the other: a car that stands keeps to the middle of its lane.
   */
  readonly firstBetter: number;
  readonly secondBetter: number;
}

export interface Comparison {
  readonly episodes: readonly ComparedEpisode[];
  /** By the key of the metric. */
  readonly means: Readonly<Record<string, ComparedMean>>;
  readonly verdict: Verdict;
  /** Why the two may not be compared as they stand, one line each; empty when they may. */
  readonly caveats: readonly string[];
}

/**
 * Sets two evaluations side by side, episode by episode: of the same id, or of the same world where they have none.
 * @param names what the caveats call the two
 * @throws Refusal when they have no episode in common, or one has two that cannot be told apart
 */
export function compareEvaluations(
  first: Evaluation,
  second: Evaluation,
  metrics: Metrics = METRICS,
  names: readonly [string, string] = ['A', 'B'],
): Comparison {
  for (const evaluation of [first, second]) refuseAmbiguous(evaluation);
  const episodes = pairEpisodes([first, second]).flatMap(([one, other]): ComparedEpisode[] => {
    if (!one || !other) return [];
    const { track, seed } = one;
    return [{ track, seed, first: one, second: other, same: one.stateHash === other.stateHash }];
  });
  if (episodes.length === 0) {
    const where = `${first.suite} and ${second.suite}`;
    throw new Refusal('nothing-in-common', where, 'they share no episode', 'evaluate both models on the same suite');
  }
  const means = Object.fromEntries(metrics.map((metric) => [metric.key, meanOf(episodes, metric)]));
  return { episodes, means, verdict: verdictOf(episodes), caveats: caveatsOf(first, second, episodes, names) };
}

function verdictOf(episodes: readonly ComparedEpisode[]): Verdict {
  const first = autonomyOf(episodes.map((episode) => episode.first));
  const second = autonomyOf(episodes.map((episode) => episode.second));
  return { first, second, ahead: first > second ? 'first' : second > first ? 'second' : 'neither' };
}

function meanOf(episodes: readonly ComparedEpisode[], metric: Metric): ComparedMean {
  const scored = episodes.flatMap(({ first, second }) => {
    const [one, other] = [scoreOf(metric, first), scoreOf(metric, second)];
    return one === null || other === null ? [] : [{ first, second, pair: [one, other] as const }];
  });
  const pairs = scored.map(({ pair }) => pair);
  const better = scored.map(({ first, second, pair }) => {
    const by = betterBy(metric, ...pair);
    const ahead = first.completed - second.completed;
    return metric.judges === 'drive' && by * ahead < 0 ? 0 : by;
  });
  const mean = (side: 0 | 1) =>
    pairs.length === 0 ? null : pairs.reduce((sum, pair) => sum + pair[side] / pairs.length, 0);
  return {
    first: mean(0),
    second: mean(1),
    firstBetter: better.filter((by) => by > 0).length,
    secondBetter: better.filter((by) => by < 0).length,
  };
}

function caveatsOf(
  first: Evaluation,
  second: Evaluation,
  episodes: readonly ComparedEpisode[],
  names: readonly [string, string],
): string[] {
  const caveats: string[] = [];
  const most = Math.max(first.episodes.length, second.episodes.length);
  if (episodes.length < most) caveats.push(`only ${episodes.length} of ${most} episodes are in both`);
  const untold = [...first.episodes, ...second.episodes].filter(({ spec }) => spec === undefined).length;
  if (untold > 0) caveats.push(`${untold} results are too old to say what they drove, and are left out`);
  const changed = episodes.filter((pair) => worldKey(pair.first.spec!) !== worldKey(pair.second.spec!)).length;
  if (changed > 0) caveats.push(`${changed} of ${episodes.length} episodes were driven in another world`);
  if (first.suite !== second.suite) caveats.push(`the suites differ: ${first.suite} and ${second.suite}`);
  if (first.adapter !== second.adapter) caveats.push(`the adapters differ: ${first.adapter} and ${second.adapter}`);
  if (first.backend !== second.backend) caveats.push(`the backends differ: ${first.backend} and ${second.backend}`);
  for (const [metric, version] of Object.entries(first.metrics)) {
    const other = second.metrics[metric];
    if (other !== undefined && other !== version) caveats.push(`${metric} was computed by different formulas`);
  }
  for (const [side, evaluation] of [first, second].entries()) {
    caveats.push(...rescoredNotes(evaluation).map((note) => `${names[side]}: ${note}`));
  }
  return caveats;
}
