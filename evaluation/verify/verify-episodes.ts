import { Refusal } from '../../sim/refusal.ts';
import { episodeName } from '../episode-key.ts';
import type { EpisodeResult, Evaluation } from '../files/evaluation.ts';
import type { RoadFiles } from '../roads/road-files.ts';
import type { Suite } from '../suites/suite.ts';
import { differentScores, type ScoreDifference } from './compare-scores.ts';

/** Whether an episode went through the same states as before. */
export interface EpisodeVerdict {
  /** What the suite calls the episode, or else its road. */
  readonly name: string;
  readonly track: string;
  readonly seed: number;
  readonly same: boolean;
  /** The simulated second within which the two part, 1 for the first; null when they do not. */
  readonly differsInSecond: number | null;
  /** Scores that are not those of this drive, where it went through the same states. */
  readonly scores: readonly ScoreDifference[];
  /** How long the recorded drive is [s]. */
  readonly simulatedSeconds: number;
}

/**
 * The recorded episodes as a suite, to be driven again.
 * @param path of the evaluation, for the message
 * @param roads the road files that were driven on
 * @throws Refusal `no-hashes` for an evaluation that does not hold what that needs
 */
export function recordedSuite(evaluation: Evaluation, path: string, roads: RoadFiles = {}): Suite {
  const episodes = evaluation.episodes.map(({ spec, secondHashes }, i) => {
    if (spec !== undefined && secondHashes !== undefined) return spec;
    const field = spec === undefined ? 'spec' : 'secondHashes';
    const mend = 'it was written before there was `wheelhouse verify`; evaluate again';
    throw new Refusal('no-hashes', `${path}: episodes.${i}.${field}`, 'is missing', mend);
  });
  return { name: evaluation.suite, description: 'recorded episodes', episodes, roads };
}

/**
 * Compares a recorded drive with one of the same spec: `secondHashes` and `stateHash` of both are present.
 * @param versions of the metrics by which the recorded one was scored
 */
export function compareEpisode(
  recorded: EpisodeResult,
  now: EpisodeResult,
  versions: Evaluation['metrics'] = {},
): EpisodeVerdict {
  const { track, seed, simulatedSeconds } = recorded;
  const before = recorded.secondHashes ?? [];
  const after = now.secondHashes ?? [];
  const common = Math.min(before.length, after.length);
  const parted = before.slice(0, common).findIndex((hash, i) => hash !== after[i]);
  const same = parted === -1 && before.length === after.length && recorded.stateHash === now.stateHash;
  // Hashes hold all that went before; when no full second differs, what is left of the shorter drive does.
  const differsInSecond = same ? null : (parted === -1 ? common : parted) + 1;
  const scores = same ? differentScores(recorded, now, versions) : [];
  return { name: episodeName(recorded), track, seed, same, differsInSecond, scores, simulatedSeconds };
}
