import { Refusal } from '../../sim/refusal.ts';
import type { EpisodeResult, Evaluation } from '../files/evaluation.ts';

/** The scores that are set side by side; whether a higher one is better. */
export const COMPARED = {
  completed: true,
  autonomy: true,
  interventions: false,
  lateralRms: false,
  speedRms: false,
  whiteness: false,
} as const;
export type ComparedScore = keyof typeof COMPARED;

/** Two drives of the same episode. */
export interface ComparedEpisode {
  readonly track: string;
  readonly seed: number;
  readonly first: EpisodeResult;
  readonly second: EpisodeResult;
  /** The two drives are the same to the last bit. */
  readonly same: boolean;
}

/** A score over all episodes that both evaluations drove. */
export interface ComparedMean {
  readonly first: number;
  readonly second: number;
  /** Episodes in which the first, or the second, is better. */
  readonly firstBetter: number;
  readonly secondBetter: number;
}

export interface Comparison {
  readonly episodes: readonly ComparedEpisode[];
  readonly means: Readonly<Record<ComparedScore, ComparedMean>>;
  /** Why the two may not be compared as they stand, one line each; empty when they may. */
  readonly caveats: readonly string[];
}

/**
 * Sets two evaluations side by side, episode by episode.
 * @throws Refusal when they have no episode in common
 */
export function compareEvaluations(first: Evaluation, second: Evaluation): Comparison {
  const episodes: ComparedEpisode[] = [];
  for (const one of first.episodes) {
    const other = second.episodes.find(({ track, seed }) => track === one.track && seed === one.seed);
    if (other === undefined) continue;
    const same = one.stateHash === other.stateHash;
    episodes.push({ track: one.track, seed: one.seed, first: one, second: other, same });
  }
  if (episodes.length === 0) {
    const where = `${first.suite} and ${second.suite}`;
    throw new Refusal('nothing-in-common', where, 'they share no episode', 'evaluate both models on the same suite');
  }
  const means = Object.fromEntries(
    (Object.keys(COMPARED) as ComparedScore[]).map((score) => [score, meanOf(episodes, score)]),
  ) as Record<ComparedScore, ComparedMean>;
  return { episodes, means, caveats: caveatsOf(first, second, episodes.length) };
}

function meanOf(episodes: readonly ComparedEpisode[], score: ComparedScore): ComparedMean {
  const sign = COMPARED[score] ? 1 : -1;
  const mean = { first: 0, second: 0, firstBetter: 0, secondBetter: 0 };
  for (const { first, second } of episodes) {
    mean.first += first[score] / episodes.length;
    mean.second += second[score] / episodes.length;
    const better = sign * (first[score] - second[score]);
    if (better > 0) mean.firstBetter++;
    else if (better < 0) mean.secondBetter++;
  }
  return mean;
}

function caveatsOf(first: Evaluation, second: Evaluation, shared: number): string[] {
  const caveats: string[] = [];
  const most = Math.max(first.episodes.length, second.episodes.length);
  if (shared < most) caveats.push(`only ${shared} of ${most} episodes are in both`);
  if (first.suite !== second.suite) caveats.push(`the suites differ: ${first.suite} and ${second.suite}`);
  if (first.adapter !== second.adapter) caveats.push(`the adapters differ: ${first.adapter} and ${second.adapter}`);
  if (first.backend !== second.backend) caveats.push(`the backends differ: ${first.backend} and ${second.backend}`);
  for (const [metric, version] of Object.entries(first.metrics)) {
    if (second.metrics[metric] !== version) caveats.push(`${metric} was computed by different formulas`);
  }
  return caveats;
}
