import { rmdir } from 'node:fs/promises';
import path from 'node:path';
import type { BackendName } from '../../../../../models/backend/open-backend.ts';
import { diagnoseCurves } from '../../../../../models/inspection/curve-diagnosis.ts';
import type { OpenLoopReport } from '../../../../../models/open-loop/open-loop.ts';
import { refuseOtherData } from '../../../../../models/runs/describe-data.ts';
import { readRun } from '../../../../../models/runs/read-run.ts';
import type { Reference, RunConfig } from '../../../../../models/runs/run-config.ts';
import { describeRun, type Environment } from '../../../../../models/runs/run-description.ts';
import { RunFolder, refuseTakenRun } from '../../../../../models/runs/run-folder.ts';
import { OUTPUT_UNITS, type OutputName } from '../../../../../models/spec.ts';
import { Refusal } from '../../../../../sim/refusal.ts';
import { openComputing } from '../../../../machine/computing/open-computing.ts';
import { describeAdapter } from '../../../../machine/gpu/gpu.ts';
import { openGpu } from '../../../../machine/gpu/open.ts';
import { DiskStorage } from '../../../../machine/storage/disk.ts';
import type { Output } from '../../../../machine/terminal/output.ts';
import { printable } from '../../../../machine/terminal/printable.ts';
import { duration, type Progress } from '../../../../machine/terminal/progress.ts';
import { readModelFolder, refuseTakenFolder } from '../../../../work/models/model-folder.ts';
import { openRunRecordings } from '../../../../work/runs/open-run-recordings.ts';
import { environmentHere, lockingHere } from '../../../../work/runs/this-process.ts';
import { keepInFolder, type TrainHereOptions, trainHere } from '../../../../work/training/train-here.ts';
import type { CommandContext } from '../../context.ts';
import { tellLeftOut } from '../../left-out.ts';
import { folderOf, keepInLibrary, runFolderOf } from './run-places.ts';
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
    options.resume === undefined ? await begin(folders, options, output) : await goOn(options.resume, output);
  const { cut, ...training } = ready;
  const { run, recordings } = training;
  const { config } = run.description;
  const { backend } = ready.environment;
  const samples = recordings.reduce((sum, recording) => sum + recording.length, 0);
  output.note(`${samples} samples of ${recordings.length} recordings; ${config.architecture} on ${backend}`);
  let progress: Progress | undefined;
  const begun = performance.now();
  const trained = await trainHere({
    ...training,
    readWeights: (model) => readModelFolder(modelFolder(model, run.folder)),
    signal: context.signal,
    checkpointEvery: options.checkpointEvery,
    frameMemory: options.frameMemory * 1024 * 1024,
    frameCache: options.frameCache,
    listener: {
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
  const { result, windows, test, network, summary } = trained;
  const out = summary.model === null || 'folder' in summary.model ? config.out : modelFolder(summary.model, run.folder);
  const document = {
    out: out ?? null,
    run: run.folder,
    model: config.architecture,
    parameters: network.parameters,
    backend,
    samples,
    cut,
    windows,
    stopped: result.stopped,
    best: result.best ?? null,
    history: result.history,
    seconds,
    test: test ?? null,
  };
  output.result(document, () => {
    const best = result.best ? `best epoch ${result.best.epoch}, ` : '';
    output.line(`${printable(options.out ?? out ?? run.folder)}: ${best}${result.stopped} after ${duration(seconds)}`);
    if (result.stopped === 'aborted')
      output.line(`it goes on with: wheelhouse train --resume ${printable(run.folder)}`);
    const words = diagnoseCurves(result.history);
    if (words !== null) output.line(words);
    if (test) printOpenLoop(test, output);
  });
}

type Ready = Pick<TrainHereOptions, 'run' | 'environment' | 'model'> & Opened;
type Opened = Pick<TrainHereOptions, 'recordings' | 'data'> & {
  /** Samples that are cut out of the recordings. */
  readonly cut: number;
};

/** Whatever can be refused is refused before the first minute of work, and before anything is written. */
async function begin(folders: readonly string[], options: TrainCommandOptions, output: Output): Promise<Ready> {
  const out = options.out!;
  const place = options.run ?? runFolderOf(out);
  const config = await trainConfig(folders, out, options, (line) => output.note(printable(line)));
  await refuseTakenFolder(out);
  await refuseTakenRun(new DiskStorage(place));
  const opened = await openThem(config, place, output);
  const environment = await open(config.backend);
  const run = await RunFolder.create(
    new DiskStorage(place),
    describeRun(path.basename(config.out!), config),
    lockingHere(),
  );
  return { run, environment, model: keepInFolder(config.out!), ...opened };
}

async function goOn(folder: string, output: Output): Promise<Ready> {
  const storage = new DiskStorage(folder);
  const { description, summary, note } = await readRun(storage);
  if (description.status === 'finished') {
    throw new Refusal('finished-run', folder, 'this run is finished', 'train anew, with more --epochs perhaps');
  }
  if (note !== null) output.note(`${printable(folder)}: ${note}`);
  const { config, name } = description;
  const run = await RunFolder.open(storage, lockingHere());
  try {
    const opened = await openThem(config, folder, output);
    if (description.data !== null) refuseOtherData(folder, description.data, opened.data);
    const environment = await open(description.environment?.backend ?? config.backend);
    const model = config.out ? keepInFolder(config.out) : keepInLibrary(folder, name, summary?.model ?? null);
    return { run, environment, model, ...opened };
  } catch (error) {
    await run.close();
    throw error;
  }
}

async function openThem(config: RunConfig, run: string, output: Output): Promise<Opened> {
  const places = config.recordings.map((reference) => ({ reference, folder: folderOf(reference, 'recordings', run) }));
  const opened = await openRunRecordings(places, {
    ...(config.format !== undefined && { format: config.format }),
    ...(config.skipBad && { skipBad: true }),
  });
  return { ...opened, cut: tellLeftOut(opened.recordings, output) };
}

function modelFolder(model: Reference, run: string): string {
  return 'id' in model && model.id === 'default' ? 'default' : folderOf(model, 'models', run);
}

/** Takes a run back that was refused before its first checkpoint. */
async function discardUntrained(run: RunFolder): Promise<void> {
  if (await run.discardUntrained()) await rmdir(run.folder);
}

async function open(wanted: BackendName | 'auto'): Promise<Environment> {
  // Only a backend that was asked for by name is worth the seconds that a software adapter takes to start.
  const gpu = wanted === 'webgpu' ? await openGpu() : undefined;
  const { name } = await openComputing(wanted, gpu);
  return environmentHere(name, gpu ? describeAdapter(gpu.adapter) : null);
}

function describe(now: { epoch: number; loss: number; validationLoss: number; framesPerSecond: number }): string {
  const known = (name: string, value: number) => (Number.isNaN(value) ? '' : `  ${name} ${value.toFixed(4)}`);
  const losses = known('loss', now.loss) + known('validation', now.validationLoss);
  return `epoch ${now.epoch}  ${now.framesPerSecond.toFixed(0)} frames/s${losses}`;
}

function printOpenLoop(report: OpenLoopReport, output: Output): void {
  output.line();
  output.line('On the held-back end of the recordings, RMSE / MAE, beside what needs no image at all:');
  const cell = (errors: { rmse: number; mae: number } | null | undefined) =>
    errors ? `${errors.rmse.toFixed(4)} / ${errors.mae.toFixed(4)}` : '-';
  output.table({
    head: ['head', 'the model', 'always 0', 'always the mean', 'the truth of 0.25 s ago'],
    rows: Object.entries(report).map(([head, score]) => [
      `${head} [${OUTPUT_UNITS[head as OutputName]}]`,
      cell(score),
      cell(score.baselines.zero),
      cell(score.baselines.mean),
      cell(score.baselines.repeat),
    ]),
    align: ['left', 'right', 'right', 'right', 'right'],
  });
}
