import type { z } from 'zod';
import type { episodeSpecSchema } from './spec-schema.ts';

/** Time between two commands: 20 Hz, the fixed rate of the CARLA leaderboard [s]. */
export const CONTROL_PERIOD = 0.05;
/** Physics steps in a control period: 200 Hz. */
export const PHYSICS_STEPS_PER_TICK = 10;

/** One drive, told completely: the same spec and driver give the same trajectory. `episodeSpecSchema` explains its fields. */
export type EpisodeSpec = Readonly<z.output<typeof episodeSpecSchema>>;
