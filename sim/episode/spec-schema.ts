import { z } from 'zod';
import { conditionsSchema } from '../conditions/schema.ts';
import { trafficSchema } from '../traffic/traffic-spec.ts';

/** An episode as it stands in files. */
export const episodeSpecSchema = z.object({
  track: z.string().min(1),
  seed: z.int().min(0),
  conditions: conditionsSchema,
  route: z.number().positive(),
  actuation: z.enum(['angle', 'torque']),
  traffic: trafficSchema.exactOptional(),
});
