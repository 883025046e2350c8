import type { Command } from 'commander';
import type { Inspection } from '../../../../datasets/inspection/inspection.ts';
import { USUAL_NETWORK } from '../../../../models/training/option-table/usual-network.ts';
import { counted } from '../../../../sim/counted.ts';
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
        'also as `train` with the same --model, --options and --set would show them to the network. Of several recordings, or ' +
        'of a folder that holds some, each gets a row, and a page in a folder of its own.',
    )
    .argument('<recording|model...>', 'folders or files of recordings; or a model folder, or `default`')
    .option('--out <folder>', 'where inspect.html goes')
    .option('--max-frames <n>', 'frames to look at per camera', integer({ min: 2, max: 1e9 }), 2400)
    .option('--model <name>', 'network whose training is previewed', USUAL_NETWORK)
    .option('--options <file>', 'options of that training as JSON, by name')
    .option('--set <name=value>', 'one option of that training; may come again', collect, []);
  addReadingOptions(command).action((places: string[], options: InspectCommandOptions) =>
    inspect(places, options, context),
  );
}

async function inspect(places: string[], options: InspectCommandOptions, context: CommandContext): Promise<void> {
  const { isModelPlace, inspectModel, printModel } = await import('../../../work/inspection/inspect-model.ts');
  const { INSPECTION_PAGE } = await import('../../../work/inspection/inspect-recording-folder.ts');
  const { output } = context;
  const pageIn = (out: string | undefined) => (out === undefined ? undefined : `${out}/${INSPECTION_PAGE}`);
  const tellPage = (page: string | undefined) => page !== undefined && output.line(`page: ${printable(page)}`);
  if (places.length === 1 && (await isModelPlace(places[0]!))) {
    const model = await inspectModel(places[0]!, options.out);
    const page = pageIn(options.out);
    output.result({ ...model, page }, () => {
      printModel(model, output);
      tellPage(page);
    });
    return;
  }
  const inspected = await inspectRecordingPlaces(places, options, context);
  if (inspected.length === 1) {
    const [{ inspection, out }] = inspected as [InspectedRecording];
    const page = pageIn(out);
    output.result({ ...inJson(inspection), page }, () => {
      print(inspection, output);
      tellPage(page);
    });
    return;
  }
  const recordings = inspected.map(({ inspection, out }) => ({ ...inJson(inspection), page: pageIn(out) }));
  output.result({ recordings }, () => {
    printRows(inspected, output);
    for (const { out } of inspected) tellPage(pageIn(out));
  });
}

/** What was found in a recording, and the folder that its page went to. */
interface InspectedRecording {
  readonly inspection: Inspection;
  readonly out: string | undefined;
}

async function inspectRecordingPlaces(
  places: readonly string[],
  { out, maxFrames, model, options, set, ...flags }: InspectCommandOptions,
  { output, signal }: CommandContext,
): Promise<InspectedRecording[]> {
  const { openRecordings } = await import('../../../work/recording/open-recordings.ts');
  const { inspectIntoFolder } = await import('../../../work/inspection/inspect-recording-folder.ts');
  const { trainConfig } = await import('./training/train-config.ts');
  const choices = { model, set, ...(options !== undefined && { options }) };
  const training = await trainConfig([...places], out ?? '', choices, (line) => output.note(printable(line)));
  const recordings = await openRecordings(places, openOptions(flags));
  const inspected: InspectedRecording[] = [];
  try {
    for (const recording of recordings) {
      const frames = Object.keys(recording.cameras).length * Math.min(recording.length, maxFrames);
      const progress = output.progress({ label: 'look', total: frames, unit: 'frames' });
      const folder =
        recordings.length === 1 || out === undefined ? out : `${out}/${folderName(recording.metadata.name)}`;
      const onProgress = ({ done }: { readonly done: number }) => progress.update(done);
      const order = { maxFrames, training, signal, onProgress };
      const inspection = await inspectIntoFolder(recording, folder, order).finally(() => progress.abandon());
      inspected.push({ inspection, out: folder });
    }
    return inspected;
  } finally {
    for (const recording of recordings) await recording.close();
  }
}

/** A recording's name as a folder is called. */
function folderName(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}._ -]+/gu, '-').replace(/^\.+/, '') || 'recording';
}

/** A row for each of several recordings, and below what was found in each. */
function printRows(inspected: readonly InspectedRecording[], output: Output): void {
  const signs = { agrees: 'right', opposed: 'wrong', unclear: 'unclear' };
  output.table({
    head: ['recording', 'format', 'samples', 'seconds', 'a second', 'gaps', 'sign', 'errors', 'warnings'],
    rows: inspected.map(({ inspection: { name, format, timing, agreement, findings } }) => [
      printable(name),
      format,
      timing.samples,
      timing.duration.toFixed(1),
      timing.rate.toFixed(1),
      timing.gaps.length,
      agreement === undefined ? '-' : signs[agreement.verdict],
      ...['error', 'warning'].map((severity) => findings.filter((finding) => finding.severity === severity).length),
    ]),
    align: ['left', 'left', 'right', 'right', 'right', 'right', 'left', 'right', 'right'],
  });
  for (const { inspection } of inspected) {
    output.line();
    output.line(printable(inspection.name));
    printFindings(inspection, output);
  }
}

/** Without the motion of every frame, which is for machines only and long. */
function inJson({ pictures, ...inspection }: Inspection): object {
  return { ...inspection, pictures: pictures.map(({ motion: _, ...picture }) => picture) };
}

function print({ name, format, cut, timing, columns, pictures, findings }: Inspection, output: Output): void {
  output.line(`${printable(name)} (${format})`);
  output.line(
    `${counted(timing.samples, 'sample')}${cut > 0 ? ` (${cut} more cut out)` : ''}, ${timing.duration.toFixed(1)} s, ${timing.rate.toFixed(1)} a second, ` +
      `${counted(timing.gaps.length, 'gap')}, ${counted(timing.repeated, 'repeated time')}`,
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
  printFindings({ findings }, output);
}

function printFindings({ findings }: Pick<Inspection, 'findings'>, output: Output): void {
  const colour = { error: output.colours.red, warning: output.colours.yellow, info: output.colours.cyan };
  for (const { severity, message, advice } of findings) {
    output.line(`${colour[severity](severity)}: ${printable(message)} ${printable(advice)}`);
  }
}
