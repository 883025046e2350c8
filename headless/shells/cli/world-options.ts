import { type Command, Option } from 'commander';
import type { Actuation } from '../../../sim/command.ts';
import type { Conditions } from '../../../sim/conditions/conditions.ts';
import { openConditions } from '../../../sim/conditions/presets.ts';
import { LIGHT_TRAFFIC } from '../../../sim/traffic/traffic-spec.ts';
import type { EpisodeChoices } from '../../work/driving/describe-episode.ts';
import { decimal } from './options.ts';

/** What a person may set of conditions and actuation on the command line. */
export interface WorldOptions {
  readonly conditions?: string;
  readonly traffic?: boolean;
  readonly light?: Conditions['light'];
  readonly friction?: number;
  readonly cameraDelay?: number;
  readonly blankCamera?: boolean;
  readonly actuate?: Actuation;
}

/** Options for conditions and actuation, the same for every command that drives. */
export function addWorldOptions(command: Command): Command {
  return command
    .addOption(new Option('--actuate <what>', 'what moves the steering').choices(['angle', 'torque']))
    .option('--conditions <preset>', 'light, weather, wind and camera by name, e.g. rain, night, icy-patches')
    .addOption(new Option('--light <light>', 'light of the scene').choices(['day', 'dusk', 'overcast', 'night']))
    .option('--traffic', 'other cars: one ahead, oncoming and parked ones')
    .option('--friction <factor>', 'tyre friction, 1 is dry', decimal({ min: 0.1, max: 2 }))
    .option('--camera-delay <s>', 'age of the frames that the driver sees', decimal({ min: 0, max: 5 }))
    .option('--blank-camera', 'the driver sees black frames');
}

/**
 * The named conditions, or a clear day, with what the person set beside.
 * @throws Refusal for a name that there is not
 */
function conditionsFrom(options: WorldOptions): Conditions {
  const base = openConditions(options.conditions ?? 'clear-day');
  return {
    ...base,
    light: options.light ?? base.light,
    friction: options.friction ?? base.friction,
    camera: {
      ...base.camera,
      delay: options.cameraDelay ?? base.camera.delay,
      blank: options.blankCamera ?? base.camera.blank,
    },
  };
}

/**
 * The drive that the person wants, but for its length.
 * @throws Refusal for conditions of a name that there is not
 */
export function episodeFrom(options: WorldOptions & { readonly seed: number }): EpisodeChoices {
  return {
    seed: options.seed,
    conditions: conditionsFrom(options),
    ...(options.actuate && { actuation: options.actuate }),
    ...(options.traffic && { traffic: LIGHT_TRAFFIC }),
  };
}

/** What runs the network, for every command that has one. */
export function backendOption(): Option {
  return new Option('--backend <name>', 'what runs the network; auto measures')
    .choices(['auto', 'webgpu', 'wasm', 'cpu'])
    .default('auto');
}
