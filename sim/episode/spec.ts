import type { Actuation } from '../command.ts';
import type { Conditions } from '../conditions/conditions.ts';
import type { TrafficSpec } from '../traffic/traffic-spec.ts';

/** Time between two commands: 20 Hz, the fixed rate of the CARLA leaderboard [s]. */
export const CONTROL_PERIOD = 0.05;
/** Physics steps in a control period: 200 Hz. */
export const PHYSICS_STEPS_PER_TICK = 10;

/** One drive, told completely: the same spec and driver give the same trajectory. */
export interface EpisodeSpec {
  /** Id that `openTrack` understands. */
  readonly track: string;
  /** Seed of everything random in the episode that is not the road itself. */
  readonly seed: number;
  readonly conditions: Conditions;
  /** Distance to drive along the road [m]. */
  readonly route: number;
  readonly actuation: Actuation;
  /** Other cars; nobody when absent. */
  readonly traffic?: TrafficSpec;
}
