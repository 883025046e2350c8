import { type Command, Option } from 'commander';
import { RIG_NAMES, type RigName } from '../../../../sim/camera/rigs.ts';
import { counted } from '../../../../sim/counted.ts';
import { SEED_RANGE } from '../../../../sim/number-range.ts';
import { printable } from '../../../machine/terminal/printable.ts';
import type { CommandContext } from '../context.ts';
import { DRIVER_HELP, DRIVER_SYNTAX } from '../driver-option.ts';
import { decimal, integer } from '../options.ts';
import { openNamedTrack, trackOption } from '../track-option.ts';
import { addWorldOptions, episodeFrom, type WorldOptions } from '../world-options.ts';

interface RecordCommandOptions extends WorldOptions {
  readonly driver: string;
  readonly track: string;
  readonly seed: number;
  readonly out: string;
  readonly route?: number;
  readonly disturbance: boolean;
  readonly rig: RigName;
  readonly images: 'jpeg' | 'png' | 'raw';
  readonly truth?: boolean;
}

export function register(program: Command, context: CommandContext): void {
  const command = program
    .command('record')
    .summary('drive and record')
    .description(
      'Drives a road and records frames, commands and the state of the car. Now and then a seeded disturbance pushes the ' +
        'steering while the recorded command stays that of the expert, so that recoveries are in the data (DART). ' +
        'Killed at any moment, the recording still opens.',
    )
    .addOption(trackOption())
    .requiredOption('--out <folder>', 'where the recording goes')
    .option('--driver <driver>', `who drives (the label is always the expert’s): ${DRIVER_SYNTAX}`, 'expert')
    .option('--seed <n>', 'seed of colours and disturbances', integer(SEED_RANGE), 0)
    .option('--route <m>', 'distance to drive (default: once round)', decimal({ min: 10, max: 1e6 }))
    .option('--no-disturbance', 'drive undisturbed')
    .addOption(new Option('--rig <rig>', 'cameras on the car').choices(RIG_NAMES).default('front'))
    .option('--truth', 'also write lane mask and depth of each frame, as pictures in the folder truth')
    .addOption(new Option('--images <kind>', 'how frames are stored').choices(['jpeg', 'png', 'raw']).default('jpeg'));
  addWorldOptions(command)
    .addHelpText('after', DRIVER_HELP)
    .action((options: RecordCommandOptions) => record(options, context));
}

async function record(options: RecordCommandOptions, { output, signal }: CommandContext): Promise<void> {
  const { openDriver } = await import('../../../work/drivers/open-driver.ts');
  const { recordHere } = await import('../../../work/recording/record-here.ts');

  const track = await openNamedTrack(options.track, output);
  const driver = await openDriver(options.driver, { cameras: true });
  output.note(`frames by ${driver.adapter}`);
  const route = options.route ?? track.length;
  const progress = output.progress({ label: printable(track.name), total: Math.round(route), unit: 'm' });
  const recorded = await recordHere({
    track,
    driver,
    ...episodeFrom(options),
    route,
    ...(!options.disturbance && { disturbances: [] }),
    out: options.out,
    rig: options.rig,
    images: options.images,
    ...(options.truth && { truth: true }),
    onWarning: (warning) => warning !== null && output.warn(`${options.out}: ${warning.message}`),
    signal,
    onTick: (_, episode) => progress.update(Math.round(Math.min(route, episode.progress))),
  });
  progress.finish();
  output.result({ out: options.out, track: track.id, seed: options.seed, driver: options.driver, ...recorded }, () => {
    const end = recorded.stopped ? ', stopped early' : '';
    output.line(
      `${counted(recorded.samples, 'sample')} (${recorded.seconds.toFixed(1)} s) in ${printable(options.out)}${end}`,
    );
  });
}
