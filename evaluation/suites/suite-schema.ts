import { z } from 'zod';
import { PRESET_NAMES, type PresetName } from '../../sim/conditions/presets.ts';
import { conditionsSchema } from '../../sim/conditions/schema.ts';
import { DISTURBANCES, type DisturbanceKinds, disturbanceSchemaFor } from '../../sim/disturbances/registry.ts';
import { episodeSpecSchema } from '../../sim/episode/spec-schema.ts';
import { TRAFFIC_PRESETS, trafficSchema } from '../../sim/traffic/traffic-spec.ts';

/** Episodes that a suite may hold. */
export const MAX_EPISODES = 500;

const presetName = z.enum(PRESET_NAMES as [PresetName, ...PresetName[]]);

const conditions = z
  .union([
    presetName,
    conditionsSchema.extend({
      preset: presetName.exactOptional().describe('what the other fields change; clear-day when absent'),
      colourSeed: z.int().min(0).exactOptional().describe('seed of the colours; that of the episode when absent'),
    }),
  ])
  .describe('a preset by its name, or what differs from a preset');

const traffic = z
  .union([z.enum(Object.keys(TRAFFIC_PRESETS) as (keyof typeof TRAFFIC_PRESETS)[]), trafficSchema])
  .describe('other cars; nobody when absent');

/** Schema of a suite as it stands in a file, with disturbances of these kinds. */
export function suiteSchemaFor(kinds: DisturbanceKinds) {
  const spec = episodeSpecSchema.shape;
  const common = {
    seed: spec.seed.exactOptional(),
    route: spec.route.exactOptional(),
    actuation: spec.actuation.exactOptional(),
    conditions: conditions.exactOptional(),
    traffic: traffic.exactOptional(),
    weight: spec.weight,
    disturbances: z
      .array(disturbanceSchemaFor(kinds))
      .max(100)
      .readonly()
      .exactOptional()
      .describe('what befalls the car on its way; nothing when absent'),
  };
  return z.strictObject({
    $schema: z.string().max(1000).exactOptional().describe('this schema, for editors'),
    version: z.literal(1).describe('of this form of suites'),
    name: z
      .string()
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be small letters, digits and dashes')
      .max(60),
    description: z.string().trim().min(1).max(1000).describe('what the suite asks of a driver'),
    defaults: z.strictObject(common).exactOptional().describe('for what an episode does not say itself'),
    episodes: z
      .array(z.strictObject({ id: spec.id, track: spec.track, trackHash: spec.trackHash, ...common }))
      .min(1)
      .max(MAX_EPISODES),
  });
}

/** A suite as it stands in a file: compact for people; `readSuite` makes complete episodes of it. */
export const suiteSchema = suiteSchemaFor(DISTURBANCES);
export type SuiteDocument = z.input<typeof suiteSchema>;

/** The schema of suite files as others read it: docs/schemas/suite.schema.json. */
export function suiteJsonSchema(): object {
  return { title: 'A suite of episodes for Wheelhouse', ...z.toJSONSchema(suiteSchema, { io: 'input' }) };
}
