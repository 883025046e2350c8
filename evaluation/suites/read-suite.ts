import type { z } from 'zod';
import type { Conditions } from '../../sim/conditions/conditions.ts';
import { presetConditions } from '../../sim/conditions/presets.ts';
import { conditionsSchema } from '../../sim/conditions/schema.ts';
import { DISTURBANCES, type DisturbanceKinds } from '../../sim/disturbances/registry.ts';
import type { EpisodeSpec } from '../../sim/episode/spec.ts';
import { parseJson } from '../../sim/parse.ts';
import { Refusal } from '../../sim/refusal.ts';
import { schemaFault } from '../../sim/schema-fault.ts';
import { checkTrackId } from '../../sim/track/catalogue.ts';
import { TRAFFIC_PRESETS } from '../../sim/traffic/traffic-spec.ts';
import { changedRoad, openEpisodeTrack, type RoadFiles, roadFileOf, roadHash, roadText } from '../roads/road-files.ts';
import { episodeIdOf } from './episode-id.ts';
import { roadFilesNamedIn } from './named-roads.ts';
import type { Suite } from './suite.ts';
import { type SuiteDocument, suiteSchemaFor } from './suite-schema.ts';

const MEND = 'write it as docs/suites.md shows';

type Defaults = NonNullable<SuiteDocument['defaults']>;
type Episode = SuiteDocument['episodes'][number];
type ConditionsOfSuite = NonNullable<Defaults['conditions']>;

/**
 * A suite from the text of its file.
 * @param file its name, for messages
 * @param roads the road files that it names, see `roadFilesNamedIn`
 * @throws Refusal `bad-suite` that names the file, the episode and the field
 */
export function parseSuite(text: string, file: string, roads: RoadFiles = {}): Suite {
  return readSuite(parseSuiteDocument(text, file), file, roads);
}

/** The document of a suite, which may be anything yet. @throws Refusal `bad-suite` where it is no JSON */
export function parseSuiteDocument(text: string, file: string): unknown {
  return parseJson(text, { code: 'bad-suite', where: file, mend: MEND });
}

/**
 * A suite from its document, which may be anything: every episode is completed from the defaults and checked.
 * @param where it comes from, for messages
 * @param roads the road files that it names, see `roadFilesNamedIn`; no other is ever opened
 * @throws Refusal `bad-suite` that names the episode and the field
 */
export function readSuite(
  document: unknown,
  where: string,
  roads: RoadFiles = {},
  kinds: DisturbanceKinds = DISTURBANCES,
): Suite {
  const schema = suiteSchemaFor(kinds);
  const result = schema.safeParse(document);
  if (!result.success) {
    const { path, what, mend } = schemaFault(schema, result.error.issues, document, MEND);
    throw refusal(`${where}: ${placeOf(document, path)}`, what, mend);
  }
  // Conditions are laid over each other as they were written: the schema would fill in what was left out.
  const written = document as SuiteDocument;
  const { name, description, defaults = {}, episodes } = result.data;
  const openRoad = roadOpener(roads);
  const specs = episodes.map((episode, i) => {
    const place = `${where}: ${placeOf(document, ['episodes', i])}`;
    const conditions = [written.defaults?.conditions, written.episodes[i]!.conditions];
    return complete({ ...defaults, ...episode, ...openRoad(episode, place) }, conditions, place);
  });
  refuseTwins(specs, where);
  const named = roadFilesNamedIn(document).map((file) => [file, roads[file]!] as const);
  return { name, description, episodes: specs, ...(named.length > 0 && { roads: Object.fromEntries(named) }) };
}

/** `episodes.3 (rain-1).conditions.light`: with the id of the episode, where it has one. */
function placeOf(document: unknown, path: readonly (string | number)[]): string {
  const [list, index, ...rest] = path;
  if (list !== 'episodes' || typeof index !== 'number') return path.length === 0 ? 'the document' : path.join('.');
  const id = (document as { episodes: { id?: unknown }[] }).episodes[index]?.id;
  const named = typeof id === 'string' ? `${list}.${index} (${id.slice(0, 80)})` : `${list}.${index}`;
  return [named, ...rest].join('.');
}

type ParsedEpisode = z.output<ReturnType<typeof suiteSchemaFor>>['episodes'][number];

/** An episode with all that its suite says for it. @param where it stands, for messages */
function complete(
  { id, track, trackHash, seed, route, weight, actuation = 'angle', traffic, disturbances }: ParsedEpisode,
  conditions: readonly (ConditionsOfSuite | undefined)[],
  where: string,
): EpisodeSpec {
  if (seed === undefined) throw missing(where, 'seed');
  if (route === undefined) throw missing(where, 'route');
  const spec: EpisodeSpec = {
    track,
    ...(trackHash !== undefined && { trackHash }),
    seed,
    conditions: completeConditions(conditions, seed),
    route,
    ...(weight !== undefined && { weight }),
    actuation,
    ...(traffic !== undefined && { traffic: typeof traffic === 'string' ? TRAFFIC_PRESETS[traffic] : traffic }),
    ...(disturbances !== undefined && { disturbances }),
  };
  return { id: id ?? episodeIdOf(spec), ...spec };
}

/**
 * Checks that the roads of episodes can be driven, each file once, and tells the hash of its file.
 * @returns for an episode and its place in messages: what its spec says of its road file
 */
function roadOpener(roads: RoadFiles) {
  const hashes = new Map<string, string>();
  return ({ track, trackHash }: ParsedEpisode, where: string): Pick<EpisodeSpec, 'trackHash'> => {
    try {
      const file = roadFileOf({ track });
      if (file === null) {
        checkTrackId(track);
        if (trackHash === undefined) return {};
        throw new Refusal('bad-suite', track, 'is made from a seed and has no file', 'leave trackHash out');
      }
      if (!hashes.has(track)) {
        openEpisodeTrack({ track }, roads);
        hashes.set(track, roadHash(roadText(roads, file)!));
      }
      const hash = hashes.get(track)!;
      if (trackHash !== undefined && trackHash !== hash) throw changedRoad(file, roads[file]!, trackHash);
      return { trackHash: hash };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      // Readers of files name the place in them, which is more than the name of the track.
      const fault = error.where.includes(track) ? error.what : `${error.where}: ${error.what}`;
      throw refusal(`${where}.track`, `${track.slice(0, 100)}: ${fault}`, error.mend);
    }
  };
}

/** The preset, what the defaults change of it, and what the episode does. */
function completeConditions(layers: readonly (ConditionsOfSuite | undefined)[], seed: number): Conditions {
  const written = layers.map((layer) => (typeof layer === 'string' ? { preset: layer } : (layer ?? {})));
  const { preset, ...changes } = written.reduce(overlay, {}) as Exclude<ConditionsOfSuite, string>;
  return conditionsSchema.parse(overlay({ ...presetConditions(preset ?? 'clear-day'), colourSeed: seed }, changes));
}

/** The fields of `base` with those of `change` in place of theirs, down to every single one. */
function overlay(base: object, change: object): object {
  const result: Record<string, unknown> = { ...base };
  for (const [field, value] of Object.entries(change)) {
    const before = result[field];
    const goesOn = isFields(before) && isFields(value);
    result[field] = goesOn ? overlay(before, value) : value;
  }
  return result;
}

function isFields(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function refuseTwins(episodes: readonly EpisodeSpec[], where: string): void {
  const seen = new Map<string | undefined, number>();
  for (const [i, { id }] of episodes.entries()) {
    const twin = seen.get(id);
    if (twin !== undefined) {
      const what = `is ${id}, as that of episodes.${twin}`;
      throw refusal(`${where}: episodes.${i}.id`, what, 'give each episode an id of its own');
    }
    seen.set(id, i);
  }
}

function missing(where: string, field: keyof Episode): Refusal {
  return refusal(`${where}.${field}`, 'is missing', 'give it here, or in `defaults` for all episodes');
}

function refusal(where: string, what: string, mend: string): Refusal {
  return new Refusal('bad-suite', where, what, mend);
}
