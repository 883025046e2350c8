import { type Command, Option } from 'commander';
import type { Recording } from '../../../../datasets/recording/recording.ts';
import { printable } from '../../../machine/terminal/printable.ts';
import type { CommandContext } from '../context.ts';
import { decimal } from '../options.ts';
import { listSkipped, STOPPED } from '../transfer-result.ts';

interface ImportCommandOptions {
  readonly out: string;
  readonly format?: string;
  readonly skipBad?: boolean;
  readonly steeringRatio?: number;
  readonly fullSteering?: number;
  readonly rate?: number;
}

export function register(program: Command, context: CommandContext): void {
  program
    .command('import')
    .summary('read somebody’s recording')
    .description(
      'Copies a recording of any known format into our own, with SI units and left positive; the original values and how ' +
        'they were converted stay in it. The format is found out by content. Stopped and started again with the same ' +
        'source and --out, it goes on where it stopped.',
    )
    .argument('<path>', 'the recording’s folder, or its file')
    .requiredOption('--out <folder>', 'where the recording goes')
    .option('--format <name>', 'read it as this format')
    .option('--skip-bad', 'leave bad samples out and list them, instead of stopping at the first')
    .option('--rate <hz>', 'rate of a recording without times', decimal({ min: 0.1, max: 1000 }))
    .option('--steering-ratio <ratio>', 'steering-wheel over road-wheel angle', decimal({ min: 1, max: 100 }))
    .addOption(
      new Option('--full-steering <deg>', 'road-wheel angle of a stored steering of 1').argParser(
        decimal({ min: 1, max: 90 }),
      ),
    )
    .action((path: string, options: ImportCommandOptions) => importCommand(path, options, context));
}

async function importCommand(path: string, options: ImportCommandOptions, context: CommandContext): Promise<void> {
  const { output, signal } = context;
  const { importRecording } = await import('../../../../datasets/transfer/import.ts');
  const { openRecordingFolder } = await import('../../../machine/reading/open-recording.ts');
  const { refuseSameFolder } = await import('../../../machine/storage/transfer-folders.ts');
  const { DiskStorage } = await import('../../../machine/storage/disk.ts');
  const { tellCut } = await import('../left-out.ts');
  const { createSharpCodec } = await import('../../../machine/images/sharp-codec.ts');

  await refuseSameFolder(path, options.out);
  const { format, rate, steeringRatio, fullSteering, skipBad = false } = options;
  const recording: Recording = await openRecordingFolder(path, {
    skipBad,
    ...(format !== undefined && { format }),
    ...(rate !== undefined && { rate }),
    ...(steeringRatio !== undefined && { steeringRatio }),
    ...(fullSteering !== undefined && { fullSteering: (fullSteering * Math.PI) / 180 }),
  });
  const { metadata, notes, length } = recording;
  output.note(`${printable(metadata.name)}: ${metadata.format}, ${length} samples`);
  const cut = tellCut([recording], output);
  const progress = output.progress({ label: 'import', total: length, unit: 'samples' });
  const storage = new DiskStorage(options.out);
  try {
    const result = await importRecording(recording, storage, createSharpCodec(), {
      skipBad,
      signal,
      onProgress: ({ done }) => progress.update(done),
      onResumed: (done) => progress.resume(done),
    });
    if (result.complete) progress.finish();
    else progress.abandon();
    output.result({ source: path, out: options.out, format: metadata.format, metadata, notes, cut, ...result }, () => {
      for (const { column, field, unit } of metadata.conversions) {
        output.line(`${printable(column)} from ${printable(field)}: ${printable(unit)}`);
      }
      listSkipped(result.skipped, output);
      output.line(`${result.samples} samples in ${printable(options.out)}${result.complete ? '' : STOPPED}`);
    });
  } finally {
    await recording.close();
    await storage.close();
  }
}
