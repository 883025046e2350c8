import { type Command, Option } from 'commander';
import { counted } from '../../../../sim/counted.ts';
import { printable } from '../../../machine/terminal/printable.ts';
import type { CommandContext } from '../context.ts';
import { decimal, SKIP_BAD } from '../options.ts';
import { STOPPED } from '../transfer-result.ts';

/** Exporters by the short names that people type. */
const FORMATS = { udacity: 'udacity-simulator', tub: 'donkeycar-tub', lerobot: 'lerobot', mcap: 'mcap' } as const;

interface ExportCommandOptions {
  readonly format: keyof typeof FORMATS;
  readonly out: string;
  readonly skipBad?: boolean;
  readonly steeringRatio?: number;
  readonly fullSteering?: number;
  readonly assumedSpeed?: number;
  readonly header: boolean;
}

export function register(program: Command, context: CommandContext): void {
  program
    .command('export')
    .summary('write a recording for other people’s programs')
    .description(
      'Writes a recording of any known format for the Udacity simulator’s training scripts, DonkeyCar, LeRobot (v3.0), or ' +
        'as MCAP for Foxglove and Lichtblick. What the format has no place for is named. Stopped and started again with the ' +
        'same source and --out, it goes on where it stopped; LeRobot and MCAP begin anew, since a video cannot be gone on with.',
    )
    .argument('<recording>', 'the recording’s folder, or its file')
    .addOption(new Option('--format <name>', 'the format to write').choices(Object.keys(FORMATS)).makeOptionMandatory())
    .requiredOption('--out <folder>', 'where it goes; empty or new')
    .option(...SKIP_BAD)
    .option('--no-header', 'write tables without a header line, as the Udacity simulator itself does')
    .option('--assumed-speed <m/s>', 'written where the recording has no speed', decimal({ min: 0, max: 100 }))
    .option('--steering-ratio <ratio>', 'steering-wheel over road-wheel angle', decimal({ min: 1, max: 100 }))
    .option('--full-steering <deg>', 'road-wheel angle that is written as 1', decimal({ min: 1, max: 90 }))
    .action((path: string, options: ExportCommandOptions) => exportCommand(path, options, context));
}

async function exportCommand(path: string, options: ExportCommandOptions, context: CommandContext): Promise<void> {
  const { output, signal } = context;
  const { exporters } = await import('../../../../datasets/transfer/exporters.ts');
  const { exportRecording } = await import('../../../../datasets/transfer/export.ts');
  const { openRecordingFolder } = await import('../../../machine/reading/open-recording.ts');
  const { refuseFullFolder } = await import('../../../machine/storage/transfer-folders.ts');
  const { DiskStorage } = await import('../../../machine/storage/disk.ts');
  const { listSkipped, tellCut, tellLost } = await import('../left-out.ts');
  const { createSharpCodec } = await import('../../../machine/images/sharp-codec.ts');
  const { registerWebCodecs } = await import('../../../machine/images/webcodecs.ts');

  const exporter = exporters.find(({ name }) => name === FORMATS[options.format])!;
  await refuseFullFolder(options.out);
  const { skipBad = false, assumedSpeed, steeringRatio, fullSteering, header } = options;
  const recording = await openRecordingFolder(path, { skipBad, badPictures: [] });
  const cut = tellCut([recording], output);
  const storage = new DiskStorage(options.out);
  const progress = output.progress({ label: `export to ${exporter.title}`, total: recording.length, unit: 'samples' });
  try {
    const result = await exportRecording(exporter, recording, storage, createSharpCodec(), {
      skipBad,
      signal,
      header,
      prepareVideo: registerWebCodecs,
      ...(assumedSpeed !== undefined && { assumedSpeed }),
      ...(steeringRatio !== undefined && { steeringRatio }),
      ...(fullSteering !== undefined && { fullSteering: (fullSteering * Math.PI) / 180 }),
      onProgress: ({ done }) => progress.update(done),
      onResumed: (done) => progress.resume(done),
    });
    if (result.complete) progress.finish();
    else progress.abandon();
    output.result(
      { source: path, out: options.out, format: exporter.name, cut, notes: recording.notes, ...result },
      () => {
        listSkipped(result.skipped, output);
        tellLost(result.lost, output);
        output.line(
          `${counted(result.samples, 'sample')} in ${printable(options.out)}${result.complete ? '' : STOPPED}`,
        );
      },
    );
  } finally {
    await recording.close();
    await storage.close();
  }
}
