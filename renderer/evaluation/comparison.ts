import type { EpisodeResult, Evaluation } from '../../evaluation/files/evaluation.ts';

/** A figure that evaluations are compared by. */
export interface Figure {
  readonly name: string;
  readonly better: 'higher' | 'lower';
  readonly of: (evaluation: Evaluation) => number;
  readonly format: (value: number) => string;
}

/** Mean over the episodes; the summary does not hold all of them. */
function mean(evaluation: Evaluation, of: (episode: Evaluation['episodes'][number]) => number): number {
  const { episodes } = evaluation;
  return episodes.reduce((sum, episode) => sum + of(episode), 0) / Math.max(1, episodes.length);
}

export const FIGURES: readonly Figure[] = [
  { name: 'Autonomy', better: 'higher', of: ({ summary }) => summary.autonomy, format: (v) => `${v.toFixed(1)} %` },
  {
    name: 'Worst episode',
    better: 'higher',
    of: ({ episodes }) => Math.min(...episodes.map(({ autonomy }) => autonomy)),
    format: (v) => `${v.toFixed(1)} %`,
  },
  {
    name: 'Completed',
    better: 'higher',
    of: ({ summary }) => summary.completed,
    format: (v) => `${(100 * v).toFixed(0)} %`,
  },
  { name: 'Interventions', better: 'lower', of: ({ summary }) => summary.interventions, format: (v) => v.toFixed(0) },
  {
    name: 'Off the middle',
    better: 'lower',
    of: (e) => mean(e, (x) => x.lateralRms),
    format: (v) => `${v.toFixed(2)} m`,
  },
  { name: 'Speed error', better: 'lower', of: (e) => mean(e, (x) => x.speedRms), format: (v) => `${v.toFixed(2)} m/s` },
  { name: 'Whiteness', better: 'lower', of: (e) => mean(e, (x) => x.whiteness), format: (v) => `${v.toFixed(1)} °/s` },
];

/** For each figure the best value among evaluations; NaN when they do not differ, since then none is best. */
export function bestValues(evaluations: readonly Evaluation[]): number[] {
  return FIGURES.map(({ of, better }) => {
    const values = evaluations.map(of).filter(Number.isFinite);
    const low = Math.min(...values);
    const high = Math.max(...values);
    if (values.length < 2 || low === high) return Number.NaN;
    return better === 'higher' ? high : low;
  });
}

/** How the evaluations did on one road; null where one of them does not have it. */
export interface Road {
  readonly track: string;
  readonly seed: number;
  readonly results: readonly (EpisodeResult | null)[];
}

/** All roads of the evaluations, in their order, each with the result of every evaluation. */
export function roadsOf(evaluations: readonly Evaluation[]): Road[] {
  const keyOf = ({ track, seed }: EpisodeResult) => `${track}/${seed}`;
  const byRoad = evaluations.map(({ episodes }) => new Map(episodes.map((episode) => [keyOf(episode), episode])));
  const all = new Map(byRoad.flatMap((roads) => [...roads]));
  return [...all].map(([key, { track, seed }]) => ({
    track,
    seed,
    results: byRoad.map((roads) => roads.get(key) ?? null),
  }));
}
