import type { Command } from 'commander';
import type { BackendName } from '../../../../models/backend/open-backend.ts';
import { SEED_RANGE } from '../../../../sim/number-range.ts';
import { printable } from '../../../machine/terminal/printable.ts';
import type { CommandContext } from '../context.ts';
import { DRIVER_HELP, DRIVER_SYNTAX } from '../driver-option.ts';
import { decimal, integer } from '../options.ts';
import { printEpisode } from '../score-tables.ts';
import { openNamedTrack, trackOption } from '../track-option.ts';
import { addWorldOptions, backendOption, episodeFrom, type WorldOptions } from '../world-options.ts';

interface DriveCommandOptions extends WorldOptions {
  readonly driver: string;
  readonly track: string;
  readonly seed: number;
  readonly route?: number;
  readonly backend: BackendName | 'auto';
}

export function register(program: Command, context: CommandContext): void {
  const command = program
    .command('drive')
    .summary('one episode with any driver')
    .description('Drives one episode and prints its score: the same object as one entry of an evaluation’s `episodes`.')
    .addOption(trackOption())
    .option('--driver <driver>', `who drives: ${DRIVER_SYNTAX}`, 'expert')
    .option('--seed <n>', 'seed of the episode', integer(SEED_RANGE), 0)
    .option('--route <m>', 'distance to drive (default: once round)', decimal({ min: 10, max: 1e6 }))
    .addOption(backendOption());
  addWorldOptions(command)
    .addHelpText('after', DRIVER_HELP)
    .action((options: DriveCommandOptions) => drive(options, context));
}

async function drive(options: DriveCommandOptions, { output, signal }: CommandContext): Promise<void> {
  const { openDriver } = await import('../../../work/drivers/open-driver.ts');
  const { driveHere } = await import('../../../work/driving/drive-here.ts');

  const track = await openNamedTrack(options.track, output);
  const route = options.route ?? track.length;
  const world = episodeFrom(options);
  const driver = await openDriver(options.driver, { backend: options.backend });
  const progress = output.progress({ label: printable(track.name), total: Math.round(route), unit: 'm' });
  const { result } = await driveHere({
    track,
    driver,
    ...world,
    route,
    signal,
    onTick: (_, episode) => progress.update(Math.round(Math.min(route, episode.progress))),
  });
  progress.finish();
  output.result(result, () => {
    output.line(`${printable(driver.name)} on ${printable(track.name)}`);
    printEpisode(result, output);
  });
}
