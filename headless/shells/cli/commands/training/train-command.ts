import path from 'node:path';
import type { BackendName } from '../../../../../models/backend/open-backend.ts';
import { diagnoseCurves } from '../../../../../models/inspection/curve-diagnosis.ts';
import type { OpenLoopReport } from '../../../../../models/open-loop/open-loop.ts';
import { OUTPUT_UNITS, type OutputName } from '../../../../../models/spec.ts';
import { Refusal } from '../../../../../sim/refusal.ts';
import { openComputing } from '../../../../machine/computing/open-computing.ts';
import { describeAdapter } from '../../../../machine/gpu/gpu.ts';
import { openGpu } from '../../../../machine/gpu/open.ts';
import type { Output } from '../../../../machine/terminal/output.ts';
import { printable } from '../../../../machine/terminal/printable.ts';
import { duration, type Progress } from '../../../../machine/terminal/progress.ts';
import { refuseTakenFolder } from '../../../../work/models/model-folder.ts';
import { openRecordings } from '../../../../work/recording/open-recordings.ts';
import { describeData, describeRun } from '../../../../work/runs/describe-run.ts';
import { howItEnded, RunFolder, readRun, refuseTakenRun } from '../../../../work/runs/run-folder.ts';
import type { RunConfig } from '../../../../work/runs/run-schema.ts';
import { type TrainInRunOptions, trainInRun } from '../../../../work/training/train-in-run.ts';
import type { CommandContext } from '../../context.ts';
import { tellLeftOut } from '../../left-out.ts';
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
  const { config, backend, run, recordings, cut } = ready;
  const samples = recordings.reduce((sum, recording) => sum + recording.length, 0);
  output.note(`${samples} samples of ${recordings.length} recordings; ${config.architecture} on ${backend}`);
  let progress: Progress | undefined;
  const begun = performance.now();
  const trained = await trainInRun({
    ...ready,
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
    await run.discardUntrained();
    throw error;
  });
  progress?.finish();
  await run.close();
  for (const recording of recordings) await recording.close();
  const seconds = (performance.now() - begun) / 1000;
  const { result, windows, test, network } = trained;
  const document = {
    out: config.out,
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
    output.line(`${printable(options.out ?? config.out)}: ${best}${result.stopped} after ${duration(seconds)}`);
    if (result.stopped === 'aborted')
      output.line(`it goes on with: wheelhouse train --resume ${printable(run.folder)}`);
    const words = diagnoseCurves(result.history);
    if (words !== null) output.line(words);
    if (test) printOpenLoop(test, output);
  });
}

type Ready = Pick<TrainInRunOptions, 'config' | 'recordings' | 'run' | 'resume'> & {
  readonly backend: BackendName;
  /** Samples that are cut out of the recordings. */
  readonly cut: number;
};

/** Whatever can be refused is refused before the first minute of work, and before anything is written. */
async function begin(folders: readonly string[], options: TrainCommandOptions, output: Output): Promise<Ready> {
  const out = options.out!;
  const runFolder = options.run ?? `${path.resolve(out)}.run`;
  const config = await trainConfig(folders, out, options, (line) => output.note(printable(line)));
  await refuseTakenFolder(out);
  await refuseTakenRun(runFolder);
  const { recordings, cut } = await openThem(config, folders, output);
  const { backend, adapter } = await open(options.backend);
  const data = await describeData(recordings);
  const run = await RunFolder.create(runFolder, describeRun(config, data, backend, adapter));
  return { config, recordings, cut, run, backend };
}

async function goOn(folder: string, output: Output): Promise<Ready> {
  const { config, data, environment } = await readRun(folder);
  const ended = await howItEnded(folder);
  if (ended === 'finished' || ended === 'early') {
    throw new Refusal('finished-run', folder, 'this run is finished', 'train anew, with more --epochs perhaps');
  }
  const { recordings, cut } = await openThem(config, config.recordings, output);
  const now = await describeData(recordings);
  if (now.sha256 !== data.sha256) {
    const changed = data.recordings.find(({ sha256 }, i) => now.recordings[i]?.sha256 !== sha256);
    const what = `the recordings are not those that it was begun on (${changed?.name ?? 'there are more now'})`;
    throw new Refusal('other-data', folder, what, 'bring them back, or train anew');
  }
  const { backend } = await open(environment.backend);
  const { run, checkpoint } = await RunFolder.resume(folder);
  return { config, recordings, cut, run, backend, ...(checkpoint && { resume: checkpoint.state }) };
}

async function openThem(config: RunConfig, folders: readonly string[], output: Output) {
  const recordings = await openRecordings(folders, {
    ...(config.format !== undefined && { format: config.format }),
    ...(config.skipBad && { skipBad: true }),
  });
  return { recordings, cut: tellLeftOut(recordings, output) };
}

async function open(wanted: BackendName | 'auto'): Promise<{ backend: BackendName; adapter: string | null }> {
  // Only a backend that was asked for by name is worth the seconds that a software adapter takes to start.
  const gpu = wanted === 'webgpu' ? await openGpu() : undefined;
  const { name } = await openComputing(wanted, gpu);
  return { backend: name, adapter: gpu ? describeAdapter(gpu.adapter) : null };
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
