import type { Actuation } from '../../../sim/command.ts';
import type { Conditions } from '../../../sim/conditions/conditions.ts';
import { openConditions } from '../../../sim/conditions/presets.ts';
import type { DisturbanceSpec } from '../../../sim/disturbances/registry.ts';
import type { EpisodeSpec } from '../../../sim/episode/spec.ts';
import type { Track } from '../../../sim/track/track.ts';
import type { TrafficSpec } from '../../../sim/traffic/traffic-spec.ts';

/** What may be chosen of one drive on a road. */
export interface EpisodeChoices {
  /** Seed of everything random, the colours too. Default 0. */
  readonly seed?: number;
  /** Distance to drive [m]. Default: once round. */
  readonly route?: number;
  /** Which part of the command moves the steering. Default `angle`. */
  readonly actuation?: Actuation;
  /** By name (`rain`), or told completely. Default `clear-day`. */
  readonly conditions?: string | Conditions;
  /** Other cars. Default: nobody. */
  readonly traffic?: TrafficSpec;
  /** What befalls the car on its way. Default: nothing. */
  readonly disturbances?: readonly DisturbanceSpec[];
}

/** One drive on a road, told completely. @throws Refusal for conditions of an unknown name */
export function describeEpisode(track: Track, choices: EpisodeChoices = {}): EpisodeSpec {
  const { seed = 0, route = track.length, actuation = 'angle', conditions = 'clear-day' } = choices;
  const world = typeof conditions === 'string' ? openConditions(conditions) : conditions;
  return {
    track: track.id,
    seed,
    conditions: { ...world, colourSeed: seed },
    route,
    actuation,
    ...(choices.traffic && { traffic: choices.traffic }),
    ...(choices.disturbances?.length && { disturbances: choices.disturbances }),
  };
}
