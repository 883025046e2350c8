import type { EpisodeSpec } from '../sim/episode/spec.ts';

/**
 * Tells episodes apart: equal keys are the same episode. That is the id, on its road and with its seed, where the spec has
 * one; else all that the spec says, whatever the order of its fields.
 */
export function episodeKey(spec: EpisodeSpec): string {
  const { id, track, seed } = spec;
  return id === undefined ? worldKey(spec) : canonicalJson({ id, track, seed });
}

/**
 * All that a spec says but its id and its weight: what is driven, not what it is called or how much it counts. No
 * disturbances are as good as none told.
 */
export function worldKey({ id: _, weight: __, disturbances = [], ...world }: EpisodeSpec): string {
  return canonicalJson(disturbances.length === 0 ? world : { ...world, disturbances });
}

/** By what an episode of an evaluation is found in another one. */
export interface EpisodeIdentity {
  /** Key of its id; null without one. */
  readonly named: string | null;
  /** Key of all that its spec says; null for results that are too old to have a spec. */
  readonly world: string | null;
}

export function identityOf({ spec }: { readonly spec?: EpisodeSpec }): EpisodeIdentity {
  if (spec === undefined) return { named: null, world: null };
  return { named: spec.id === undefined ? null : episodeKey(spec), world: worldKey(spec) };
}

/**
 * Whether two results are of the same episode: of the same id where both have one, else of the same world. Nobody knows that
 * of results without a spec.
 */
export function isSameEpisode(one: EpisodeIdentity, other: EpisodeIdentity): boolean {
  if (one.named !== null && other.named !== null) return one.named === other.named;
  return one.world !== null && one.world === other.world;
}

/** What a person calls the episode: its id, or else its road. */
export function episodeName({ track, spec }: { readonly track: string; readonly spec?: EpisodeSpec }): string {
  return spec?.id ?? track;
}

/** JSON with the fields of every object in order: equal values give equal text. */
export function canonicalJson(value: object): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (part === null || typeof part !== 'object' || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
}
