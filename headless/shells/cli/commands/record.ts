import path from 'node:path';
import { type Command, Option } from 'commander';
import { CAMERA_RIGS, RIG_NAMES, type RigName } from '../../../../sim/camera/rigs.ts';
import { SEED_RANGE } from '../../../../sim/number-range.ts';
import type { Cameras } from '../../../machine/cameras/cameras.ts';
import { printable } from '../../../machine/terminal/printable.ts';
import type { CommandContext } from '../context.ts';
import { DRIVER_HELP, DRIVER_SYNTAX } from '../driver-option.ts';
import { decimal, integer } from '../options.ts';
import { addWorldOptions, conditionsFrom, trafficFrom, type WorldOptions } from '../world-options.ts';

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
    .requiredOption('--track <id>', 'a built-in track, <family>:<seed>, or a .csv or .xodr file')
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
  const { openTrackOrFile } = await import('../../../work/tracks/open-track-or-file.ts');
  const { RECORDING_PUSHES } = await import('../../../../sim/disturbances/steering-pushes.ts');
  const { openDriver } = await import('../../../work/drivers/open-driver.ts');
  const { recordEpisode } = await import('../../../work/recording/record-episode.ts');
  const { DiskStorage } = await import('../../../machine/storage/disk.ts');
  const { createSharpCodec } = await import('../../../machine/images/sharp-codec.ts');

  const track = await openTrackOrFile(options.track);
  const opened = await openDriver(options.driver, { cameras: true });
  const cameras = await camerasOf(options.rig, opened.cameras!);
  output.note(`frames by ${opened.adapter}`);
  const conditions = conditionsFrom(options);
  const route = options.route ?? track.length;
  const progress = output.progress({ label: printable(track.name), total: Math.round(route), unit: 'm' });
  const storage = new DiskStorage(options.out);
  const recorded = await recordEpisode({
    track,
    spec: {
      track: track.id,
      seed: options.seed,
      conditions: { ...conditions, colourSeed: options.seed },
      route,
      actuation: options.actuate ?? 'angle',
      ...trafficFrom(options),
      ...(options.disturbance && { disturbances: [RECORDING_PUSHES] }),
    },
    driver: opened.createDriver(),
    cameras,
    storage,
    codec: createSharpCodec(),
    name: path.basename(path.resolve(options.out)),
    writer: {
      encoding: options.images,
      quality: 95,
      onWarning: (warning) => warning !== null && output.warn(`${options.out}: ${warning.message}`),
    },
    ...(options.truth && { truth: true }),
    signal,
    onTick: (_, episode) => progress.update(Math.round(Math.min(route, episode.progress))),
  });
  progress.finish();
  await storage.close();
  output.result({ out: options.out, track: track.id, seed: options.seed, driver: options.driver, ...recorded }, () => {
    const end = recorded.stopped ? ', stopped early' : '';
    output.line(`${recorded.samples} samples (${recorded.seconds.toFixed(1)} s) in ${printable(options.out)}${end}`);
  });
}

/** The driver's own camera is the rig's `centre`, so one rig serves both. */
async function camerasOf(rig: RigName, front: Cameras): Promise<Cameras> {
  if (rig === 'front') return front;
  const { Cameras } = await import('../../../machine/cameras/cameras.ts');
  return Cameras.open(front.gpu, CAMERA_RIGS[rig]);
}
