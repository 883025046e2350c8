import { z } from 'zod';
import { conditionsSchema } from '../conditions/schema.ts';
import { disturbanceSchema } from '../disturbances/registry.ts';
import { trafficSchema } from '../traffic/traffic-spec.ts';

/** An episode as it stands in files: one drive, told completely. */
export const episodeSpecSchema = z.object({
  /** What the episode is called, unlike every other of its suite; absent in files that are older than this field. */
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9._-]{0,79}$/i, 'must be 1 to 80 letters, digits, dots, dashes and underscores')
    .describe('name of the episode, unlike every other of its suite; stable, because results are paired by it')
    .exactOptional(),
  /** Id that `openTrack` understands. */
  track: z
    .string()
    .min(1)
    .max(1000)
    .describe(
      'id of a built-in track, <family>:<seed> or <family>:<seed>:<difficulty>, or the path of a road file (.csv, .xodr), ' +
        'whose start may follow: town.xodr#road=5,lane=-1,s=20',
    ),
  /** Tells a road file from one that was changed since; absent for roads that are made from a seed. */
  trackHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits')
    .describe('SHA-256 of the text of the road file that `track` names, in UTF-8')
    .exactOptional(),
  /** Seed of everything random in the episode that is not the road itself. */
  seed: z.int().min(0).describe('seed of everything random in the episode that is not the road itself'),
  conditions: conditionsSchema,
  /** Distance to drive along the road [m]. */
  route: z.number().positive().max(1e6).meta({ description: 'distance to drive along the road', unit: 'm' }),
  /** Says nothing of the world. */
  weight: z
    .number()
    .positive()
    .max(1000)
    .describe('how much the episode counts in the driving score of its suite; 1 when absent')
    .exactOptional(),
  actuation: z.enum(['angle', 'torque']).describe('which part of the command moves the steering'),
  /** Other cars; nobody when absent. */
  traffic: trafficSchema.exactOptional(),
  /** What befalls the car on its way; nothing when absent. */
  disturbances: z.array(disturbanceSchema).max(100).readonly().exactOptional(),
});
