import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { sortedByTime, splitByClock } from '../../../../datasets/recording/by-clock.ts';
import type { Recording } from '../../../../datasets/recording/recording.ts';
import type { ImportOptions } from '../../../../datasets/transfer/import.ts';
import type { TransferResult } from '../../../../datasets/writing/samples.ts';
import { counted } from '../../../../sim/counted.ts';
import { printable } from '../../../machine/terminal/printable.ts';
import type { CommandContext } from '../context.ts';
import { addReadingOptions, openOptions, type ReadingFlags } from '../reading-options.ts';
import { STOPPED } from '../transfer-result.ts';

interface ImportCommandOptions extends ReadingFlags {
  readonly out: string;
  readonly pictures: 'keep' | 'jpeg' | 'png';
  readonly split?: boolean;
  readonly sortByTime?: boolean;
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
    .requiredOption('--out <folder>', 'where the recording goes')
    .addOption(
      new Option(
        '--split',
        'make a recording of each drive where time runs backwards between them: <out>/part-1, <out>/part-2 …',
      ).conflicts('sortByTime'),
    )
    .addOption(
      new Option('--pictures <how>', 'store pictures as they are, or all as JPEG or PNG')
        .choices(['keep', 'jpeg', 'png'])
        .default('keep'),
    )
    .option('--sort-by-time', 'put samples in the order of their times, and leave out those that repeat one');
  addReadingOptions(command).action((path: string, options: ImportCommandOptions) =>
    importCommand(path, options, context),
  );
}

async function importCommand(path: string, options: ImportCommandOptions, context: CommandContext): Promise<void> {
  const { output } = context;
  const { openRecordingFolder } = await import('../../../machine/reading/open-recording.ts');
  const { refuseSameFolder } = await import('../../../machine/storage/transfer-folders.ts');
  const { listSkipped, tellCut, tellLost } = await import('../left-out.ts');

  await refuseSameFolder(path, options.out);
  const reading = openOptions(options);
  const { skipBad = false } = reading;
  const recording: Recording = await openRecordingFolder(path, {
    ...reading,
    // Each picture is decoded as it is copied.
    badPictures: [],
  });
  try {
    output.note(
      `${printable(recording.metadata.name)}: ${recording.metadata.format}, ${counted(recording.length, 'sample')}`,
    );
    const ordered = options.sortByTime === true ? sortedByTime(recording) : recording;
    const cut = tellCut([ordered], output);
    const parts = options.split === true ? partsOf(ordered, options.out) : [{ recording: ordered, out: options.out }];
    const imported: ImportedPart[] = [];
    for (const part of parts) {
      imported.push(await importPart(part, { skipBad, pictures: options.pictures }, context));
      if (!imported.at(-1)!.complete) break;
    }
    const { metadata, notes } = ordered;
    const about = { source: path, out: options.out, format: metadata.format, metadata, notes, cut };
    const result = options.split === true ? { parts: imported } : imported[0]!;
    output.result({ ...about, ...result }, () => {
      for (const { column, field, unit, note } of metadata.conversions) {
        const more = note === undefined ? '' : ` (${note})`;
        output.line(printable(`${column} from ${field}: ${unit}${more}`));
      }
      for (const { skipped, lost, samples, out, complete } of imported) {
        listSkipped(skipped, output);
        tellLost(lost, output);
        output.line(`${counted(samples, 'sample')} in ${printable(out)}${complete ? '' : STOPPED}`);
      }
    });
  } finally {
    await recording.close();
  }
}

/** A recording, and the folder that it is to be imported into. */
interface Part {
  readonly recording: Recording;
  readonly out: string;
}

interface ImportedPart extends TransferResult {
  readonly out: string;
}

function partsOf(recording: Recording, out: string): Part[] {
  return splitByClock(recording).map((part, i) => ({ recording: part, out: join(out, `part-${i + 1}`) }));
}

async function importPart(
  { recording, out }: Part,
  options: Pick<ImportOptions, 'skipBad' | 'pictures'>,
  { output, signal }: CommandContext,
): Promise<ImportedPart> {
  const { importRecording } = await import('../../../../datasets/transfer/import.ts');
  const { DiskStorage } = await import('../../../machine/storage/disk.ts');
  const { createSharpCodec } = await import('../../../machine/images/sharp-codec.ts');
  const progress = output.progress({ label: 'import', total: recording.length, unit: 'samples' });
  const storage = new DiskStorage(out);
  try {
    const result = await importRecording(recording, storage, createSharpCodec(), {
      ...options,
      signal,
      onProgress: ({ done }) => progress.update(done),
      onResumed: (done) => progress.resume(done),
    });
    if (result.complete) progress.finish();
    else progress.abandon();
    return { ...result, out };
  } finally {
    await storage.close();
  }
}
