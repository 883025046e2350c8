import { lookBeforeTraining, type RecordingFinding } from '../../../../../datasets/inspection/look-before-training.ts';
import type { Recording } from '../../../../../datasets/recording/recording.ts';
import { diagnoseTraining } from '../../../../../models/inspection/training-diagnosis/diagnose-training.ts';
import { refuseOtherData } from '../../../../../models/runs/describe-data.ts';
import { readRun } from '../../../../../models/runs/read-run.ts';
import { RunFolder } from '../../../../../models/runs/run-folder.ts';
import { standingOf } from '../../../../../models/runs/train-in-run.ts';
import { counted } from '../../../../../sim/counted.ts';
import { Refusal } from '../../../../../sim/refusal.ts';
import { DiskStorage } from '../../../../machine/storage/disk.ts';
import type { Output } from '../../../../machine/terminal/output.ts';
import { printable } from '../../../../machine/terminal/printable.ts';
import { duration, type Progress } from '../../../../machine/terminal/progress.ts';
import { readModelFolder } from '../../../../work/models/model-folder.ts';
import { modelFolderOf, runFolderOf } from '../../../../work/runs/run-places.ts';
import { lockingHere } from '../../../../work/runs/this-process.ts';
import {
  type BegunTraining,
  beginTraining,
  discardUntrained,
  openEnvironment,
  openTrainingData,
} from '../../../../work/training/begin-training.ts';
import { keepInFolder, trainHere } from '../../../../work/training/train-here.ts';
import type { CommandContext } from '../../context.ts';
import { tellLeftOut } from '../../left-out.ts';
import { printOpenLoop } from '../../open-loop-tables.ts';
import { keepInLibrary } from './keep-in-library.ts';
import type { TrainCommandOptions } from './train-config.ts';
import { trainConfig } from './train-config.ts';

/** `wheelhouse train`, its usage checked. */
export async function runTrainCommand(
  folders: readonly string[],
  options: TrainCommandOptions,
  context: CommandContext,
): Promise<void> {
  const { output } = context;
  const ready =
    options.resume === undefined ? await begin(folders, options, output) : await goOn(options.resume, options, output);
  const { cut, ...training } = ready;
  const { run, recordings } = training;
  const { config } = run.description;
  const { backend } = ready.environment;
  const samples = recordings.reduce((sum, recording) => sum + recording.length, 0);
  const said = `${counted(samples, 'sample')} of ${counted(recordings.length, 'recording')}`;
  output.note(`${said}; ${config.architecture} on ${backend}`);
  const findings = options.resume === undefined ? await tellFindings(recordings, context) : [];
  let progress: Progress | undefined;
  const begun = performance.now();
  const notes = recordings.flatMap((recording) => recording.notes);
  const skipped = recordings.flatMap((recording) => recording.skipped);
  const trained = await trainHere({
    ...training,
    readWeights: (model) => readModelFolder(modelFolderOf(model, run.folder)),
    signal: context.signal,
    checkpointEvery: options.checkpointEvery,
    frameMemory: options.frameMemory * 1024 * 1024,
    frameCache: options.frameCache,
    listener: {
      onNote(note) {
        notes.push(note);
        output.note(printable(note));
      },
      onReady({ smoothed }) {
        if (smoothed.length === 0) return;
        const names = printable(smoothed.join(', '));
        output.note(`steered in pulses, learned smoothed over time (--smoothing 0 leaves it as it is): ${names}`);
      },
      onProgress(now) {
        progress ??= output.progress({ label: 'train', total: now.epochs * now.steps, unit: 'steps' });
        progress.update((now.epoch - 1) * now.steps + now.step, describe(now));
      },
      onTransfer({ taken, fresh }) {
        const rest = fresh.length === 0 ? '' : `; these begin anew: ${fresh.join(', ')}`;
        output.note(printable(`${taken.length} of ${taken.length + fresh.length} variables taken over${rest}`));
      },
      onFinding: ({ text }) => output.note(`look: ${printable(text)}`),
    },
  }).catch(async (error: unknown) => {
    await (options.resume === undefined ? discardUntrained(run) : run.close());
    throw error;
  });
  progress?.finish();
  await run.close();
  for (const recording of recordings) await recording.close();
  const seconds = (performance.now() - begun) / 1000;
  const { result, windows, test, untested, network, summary } = trained;
  const out =
    summary.model === null || 'folder' in summary.model ? config.out : modelFolderOf(summary.model, run.folder);
  const { history, stopped } = result;
  const diagnosis = diagnoseTraining({ history, stopped, options: config.training, test: test ?? null });
  const document = {
    out: out ?? null,
    run: run.folder,
    model: config.architecture,
    parameters: network.parameters,
    backend,
    samples,
    cut,
    notes,
    skipped,
    findings,
    windows,
    stopped: result.stopped,
    best: result.best ?? null,
    history: result.history,
    seconds,
    test: test ?? null,
    untested: untested ?? null,
    diagnosis,
  };
  output.result(document, () => {
    const best = result.best ? `best epoch ${result.best.epoch}, ` : '';
    output.line(`${printable(options.out ?? out ?? run.folder)}: ${best}${result.stopped} after ${duration(seconds)}`);
    if (result.stopped === 'aborted')
      output.line(`it goes on with: wheelhouse train --resume ${printable(run.folder)}`);
    for (const words of diagnosis) output.line(words);
    if (test === undefined) return;
    output.line();
    output.line('On the held-back end of the recordings, beside what needs no image at all:');
    printOpenLoop(test, output);
  });
  if (untested !== undefined) context.failRequirement(untestedInWords(untested, run.folder));
}

/** What a person can do who has a model and no test of it. */
function untestedInWords(why: string, run: string): string {
  return (
    `the model is trained and kept, but the end that is held back could not be scored: ${why}. Once that is mended, the ` +
    `test is done by: wheelhouse train --resume ${run} (with --skip-bad, bad samples are left out)`
  );
}

/** Warns of what inspection finds of the recordings, and lists them where there are several. */
async function tellFindings(
  recordings: readonly Recording[],
  { output, signal }: CommandContext,
): Promise<RecordingFinding[]> {
  if (recordings.length > 1) {
    for (const { metadata, length } of recordings)
      output.note(`  ${printable(metadata.name)} (${metadata.format}): ${counted(length, 'sample')}`);
  }
  const findings = await lookBeforeTraining(recordings, signal);
  for (const { recording, message, advice } of findings) output.warn(printable(`${recording}: ${message} ${advice}`));
  return findings;
}

interface Ready extends Omit<BegunTraining, 'close'> {
  /** Samples that are cut out of the recordings. */
  readonly cut: number;
}

async function begin(folders: readonly string[], options: TrainCommandOptions, output: Output): Promise<Ready> {
  const out = options.out!;
  const config = await trainConfig(folders, out, options, (line) => output.note(printable(line)));
  const begun = await beginTraining(config, options.run ?? runFolderOf(out));
  return { ...begun, cut: tellLeftOut(begun.recordings, output) };
}

async function goOn(folder: string, { skipBad }: TrainCommandOptions, output: Output): Promise<Ready> {
  const storage = new DiskStorage(folder);
  const { description, summary, note } = await readRun(storage);
  if (description.status === 'finished') {
    throw new Refusal('finished-run', folder, 'this run is finished', 'train anew, with more --epochs perhaps');
  }
  if (note !== null) output.note(`${printable(folder)}: ${note}`);
  const { config, name } = description;
  const run = await RunFolder.open(storage, lockingHere());
  try {
    const opened = await openTrainingData(skipBad ? { ...config, skipBad } : config, folder);
    const cut = tellLeftOut(opened.recordings, output);
    if (description.data !== null) refuseOtherData(folder, description.data, opened.data, standingOf(run));
    const { environment } = await openEnvironment(description.environment?.backend ?? config.backend);
    const model = config.out ? keepInFolder(config.out) : keepInLibrary(folder, name, summary?.model ?? null);
    return { run, environment, model, cut, ...opened };
  } catch (error) {
    await run.close();
    throw error;
  }
}

function describe(now: { epoch: number; loss: number; validationLoss: number; framesPerSecond: number }): string {
  const known = (name: string, value: number) => (Number.isNaN(value) ? '' : `  ${name} ${value.toFixed(4)}`);
  const losses = known('loss', now.loss) + known('validation', now.validationLoss);
  return `epoch ${now.epoch}  ${now.framesPerSecond.toFixed(0)} frames/s${losses}`;
}
