import { z } from 'zod';

/** How far one episode of an evaluation is. */
export const episodeProgressSchema = z.object({
  track: z.string(),
  state: z.enum(['waiting', 'driving', 'done']),
  /** Share of its route, 0 to 1. */
  completed: z.number().min(0).max(1),
  interventions: z.int().min(0),
});
export type EpisodeProgress = z.infer<typeof episodeProgressSchema>;
