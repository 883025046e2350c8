import type { Command } from 'commander';
import type { Recording } from '../../../../datasets/recording/recording.ts';
import { printable } from '../../../machine/terminal/printable.ts';
import type { CommandContext } from '../context.ts';
import { addReadingOptions, openOptions, type ReadingFlags } from '../reading-options.ts';
import { listSkipped, STOPPED } from '../transfer-result.ts';

interface ImportCommandOptions extends ReadingFlags {
  readonly out: string;
}

export function register(program: Command, context: CommandContext): void {
  const command = program
    .command('import')
    .summary('read somebody’s recording')
    .description(
      'Copies a recording of any known format into our own, with SI units and left positive; the original values and how ' +
        'they were converted stay in it. The format is found out by content. Stopped and started again with the same ' +
        'source and --out, it goes on where it stopped.',
    )
    .argument('<path>', 'the recording’s folder, or its file')
    .requiredOption('--out <folder>', 'where the recording goes');
  addReadingOptions(command).action((path: string, options: ImportCommandOptions) =>
    importCommand(path, options, context),
  );
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
  const reading = openOptions(options);
  const { skipBad = false } = reading;
  const recording: Recording = await openRecordingFolder(path, reading);
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
