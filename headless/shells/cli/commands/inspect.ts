import type { Command } from 'commander';
import type { Inspection } from '../../../../datasets/inspection/inspection.ts';
import { USUAL_NETWORK } from '../../../../models/training/option-table/usual-network.ts';
import type { Output } from '../../../machine/terminal/output.ts';
import { printable } from '../../../machine/terminal/printable.ts';
import type { CommandContext } from '../context.ts';
import { collect, integer } from '../options.ts';
import { addReadingOptions, openOptions, type ReadingFlags } from '../reading-options.ts';

interface InspectCommandOptions extends ReadingFlags {
  readonly out?: string;
  readonly maxFrames: number;
  readonly model: string;
  readonly options?: string;
  readonly set: readonly string[];
}

export function register(program: Command, context: CommandContext): void {
  const command = program
    .command('inspect')
    .summary('what is in a recording or a model, with pictures')
    .description(
      'Counts, rates, gaps, labels and pictures of a recording of any known format, and what to do about what was found; or ' +
        'the variables and first filters of a model. With --out the folder gets inspect.html, one file with all pictures, ' +
        'also as `train` with the same --model, --options and --set would show them to the network.',
    )
    .argument('<recording|model>', 'a folder or file of a recording, a model folder, or `default`')
    .option('--out <folder>', 'where inspect.html goes')
    .option('--max-frames <n>', 'frames to look at per camera', integer({ min: 2, max: 1e9 }), 2400)
    .option('--model <name>', 'network whose training is previewed', USUAL_NETWORK)
    .option('--options <file>', 'options of that training as JSON, by name')
    .option('--set <name=value>', 'one option of that training; may come again', collect, []);
  addReadingOptions(command).action((place: string, options: InspectCommandOptions) =>
    inspect(place, options, context),
  );
}

async function inspect(place: string, options: InspectCommandOptions, context: CommandContext): Promise<void> {
  const { isModelPlace, inspectModel, printModel } = await import('../../../work/inspection/inspect-model.ts');
  const { INSPECTION_PAGE } = await import('../../../work/inspection/inspect-recording-folder.ts');
  const { output } = context;
  const page = options.out === undefined ? undefined : `${options.out}/${INSPECTION_PAGE}`;
  if (await isModelPlace(place)) {
    const model = await inspectModel(place, options.out);
    output.result({ ...model, page }, () => {
      printModel(model, output);
      if (page !== undefined) output.line(`page: ${printable(page)}`);
    });
    return;
  }
  const inspection = await inspectRecordingPlace(place, options, context);
  output.result({ ...inJson(inspection), page }, () => {
    print(inspection, output);
    if (page !== undefined) output.line(`page: ${printable(page)}`);
  });
}

async function inspectRecordingPlace(
  place: string,
  { out, maxFrames, model, options, set, ...flags }: InspectCommandOptions,
  { output, signal }: CommandContext,
): Promise<Inspection> {
  const { openRecordingFolder } = await import('../../../machine/reading/open-recording.ts');
  const { inspectIntoFolder } = await import('../../../work/inspection/inspect-recording-folder.ts');
  const { trainConfig } = await import('./training/train-config.ts');
  const choices = { model, set, ...(options !== undefined && { options }) };
  const training = await trainConfig([place], out ?? '', choices, (line) => output.note(printable(line)));
  const recording = await openRecordingFolder(place, openOptions(flags));
  const frames = Object.keys(recording.cameras).length * Math.min(recording.length, maxFrames);
  const progress = output.progress({ label: 'look', total: frames, unit: 'frames' });
  try {
    return await inspectIntoFolder(recording, out, {
      maxFrames,
      training,
      signal,
      onProgress: ({ done }) => progress.update(done),
    });
  } finally {
    progress.abandon();
    await recording.close();
  }
}

/** Without the motion of every frame, which is for machines only and long. */
function inJson({ pictures, ...inspection }: Inspection): object {
  return { ...inspection, pictures: pictures.map(({ motion: _, ...picture }) => picture) };
}

function print({ name, format, cut, timing, columns, pictures, findings }: Inspection, output: Output): void {
  output.line(`${printable(name)} (${format})`);
  output.line(
    `${timing.samples} samples${cut > 0 ? ` (${cut} more are cut out)` : ''}, ${timing.duration.toFixed(1)} s, ${timing.rate.toFixed(1)} a second, ` +
      `${timing.gaps.length} gaps, ${timing.repeated} repeated times`,
  );
  output.line();
  output.table({
    head: ['column', 'values', 'missing', 'smallest', 'mean', 'largest', 'deviation'],
    rows: Object.entries(columns).map(([column, about]) => [
      printable(column),
      about.count,
      about.missing,
      ...[about.min, about.mean, about.max, about.deviation].map((value) => value.toFixed(3)),
    ]),
    align: ['left', 'right', 'right', 'right', 'right', 'right', 'right'],
  });
  output.line();
  if (pictures.length > 0) {
    output.table({
      head: ['camera', 'looked at', 'dropped', 'broken', 'black or blank', 'same as before', 'longest standstill'],
      rows: pictures.map(({ camera, looked, dropped, broken, black, same, longestFrozen }) => [
        printable(camera),
        looked,
        dropped,
        broken.length,
        black.length,
        same,
        longestFrozen.length,
      ]),
      align: ['left', 'right', 'right', 'right', 'right', 'right', 'right'],
    });
    output.line();
  }
  const colour = { error: output.colours.red, warning: output.colours.yellow, info: output.colours.cyan };
  for (const { severity, message, advice } of findings) {
    output.line(`${colour[severity](severity)}: ${printable(message)} ${printable(advice)}`);
  }
}
