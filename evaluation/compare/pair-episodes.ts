import { Refusal } from '../../sim/refusal.ts';
import { type EpisodeIdentity, episodeName, identityOf, isSameEpisode } from '../episode-key.ts';
import type { EpisodeResult, Evaluation } from '../files/evaluation.ts';

/** One episode: the result of each evaluation in it; null where one of them did not drive it. */
export type PairedEpisode = readonly (EpisodeResult | null)[];

/**
 * The episodes of evaluations side by side, in the order in which they are met. Results that are too old to say completely
 * what was driven stand alone.
 */
export function pairEpisodes(evaluations: readonly Pick<Evaluation, 'episodes'>[]): PairedEpisode[] {
  const rows: { results: (EpisodeResult | null)[]; identities: EpisodeIdentity[] }[] = [];
  for (const [i, { episodes }] of evaluations.entries()) {
    for (const result of episodes) {
      const identity = identityOf(result);
      let row = rows.find(
        ({ results, identities }) => results[i] === null && identities.some((one) => isSameEpisode(one, identity)),
      );
      if (row === undefined) {
        row = { results: new Array<null>(evaluations.length).fill(null), identities: [] };
        rows.push(row);
      }
      row.results[i] = result;
      row.identities.push(identity);
    }
  }
  return rows.map(({ results }) => results);
}

/**
 * Makes sure that each episode of an evaluation can be told from the others.
 * @throws Refusal `ambiguous-episodes` that names two that cannot
 */
export function refuseAmbiguous({ suite, episodes }: Pick<Evaluation, 'suite' | 'episodes'>): void {
  const identities = episodes.map(identityOf);
  for (const [i, identity] of identities.entries()) {
    const twin = identities.findIndex((other, j) => j > i && isSameEpisode(identity, other));
    if (twin < 0) continue;
    const where = `${suite}: episodes.${i} and episodes.${twin}`;
    const what = `both are ${episodeName(episodes[i]!)}, seed ${episodes[i]!.seed}, and nothing tells them apart`;
    throw new Refusal('ambiguous-episodes', where, what, 'give each an id of its own in the suite, and evaluate again');
  }
}
