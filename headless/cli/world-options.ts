import { type Command, Option } from 'commander';
import type { Actuation } from '../../sim/command.ts';
import { CLEAR_DAY, type Conditions } from '../../sim/conditions/conditions.ts';
import { decimal } from './options.ts';

/** What a person may set of conditions and actuation on the command line. */
export interface WorldOptions {
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
    .addOption(new Option('--light <light>', 'light of the scene').choices(['day', 'dusk', 'overcast']))
    .option('--friction <factor>', 'tyre friction, 1 is dry', decimal({ min: 0.1, max: 2 }))
    .option('--camera-delay <s>', 'age of the frames that the driver sees', decimal({ min: 0, max: 5 }))
    .option('--blank-camera', 'the driver sees black frames');
}

/** `base` with what the person set. */
export function conditionsFrom(options: WorldOptions, base: Conditions = CLEAR_DAY): Conditions {
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

/** What runs the network, for every command that has one. */
export function backendOption(): Option {
  return new Option('--backend <name>', 'what runs the network; auto measures')
    .choices(['auto', 'webgpu', 'wasm', 'cpu'])
    .default('auto');
}
