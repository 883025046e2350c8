import { z } from 'zod';

/** How many other cars an episode has; where they are is drawn from the episode's seed. */
export const trafficSchema = z.strictObject({
  /** Cars ahead in the driving lane, one behind the other. */
  leading: z.int().min(0).max(10).default(0),
  /** Cars in the opposite lane, where the road has one [1/km]. */
  oncoming: z.number().min(0).max(20).default(0),
  /** Cars that stand beside the road [1/km]. */
  parked: z.number().min(0).max(50).default(0),
});

/** How many other cars there are. */
export type TrafficSpec = Readonly<z.infer<typeof trafficSchema>>;

/** A car to follow, a car to meet every half a kilometre, and some that stand there. */
export const LIGHT_TRAFFIC: TrafficSpec = { leading: 1, oncoming: 2, parked: 4 };

/** Traffic by name. */
export const TRAFFIC_PRESETS = {
  none: { leading: 0, oncoming: 0, parked: 0 },
  light: LIGHT_TRAFFIC,
} as const satisfies Record<string, TrafficSpec>;
