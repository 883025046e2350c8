import { type Command, InvalidArgumentError } from 'commander';
import type { BackendName } from '../../../models/backend/open-backend.ts';
import type { OpenLoopReport } from '../../../models/evaluation/open-loop.ts';
import type { OutputName } from '../../../models/zoo/spec.ts';
import type { CommandContext } from '../context.ts';
import { decimal, integer, SEED_RANGE } from '../options.ts';
import type { Output } from '../output.ts';
import { printable } from '../printable.ts';
import { duration, type Progress } from '../progress.ts';
import { backendOption } from '../world-options.ts';

const UNITS: Readonly<Record<OutputName, string>> = { steeringAngle: 'rad', speed: 'm/s', torque: 'N·m' };

interface TrainCommandOptions {
  readonly model: string;
  readonly out: string;
  readonly format?: string;
  readonly skipBad?: boolean;
  readonly size?: { width: number; height: number };
  readonly time?: number;
  readonly crop?: { top: number; bottom: number; left: number; right: number };
  readonly stride: number;
  readonly epochs: number;
  readonly batch: number;
  readonly learningRate: number;
  readonly patience: number;
  readonly validation: number;
  readonly testTail: number;
  readonly seed: number;
  readonly backend: BackendName | 'auto';
}

export function register(program: Command, context: CommandContext): void {
  program
    .command('train')
    .summary('train a model on recordings')
    .description(
      'Trains a network on recordings (a folder that holds recordings stands for all of them) and saves the best epoch as ' +
        'a model folder. The end of each recording is held back and only scored, beside three baselines.',
    )
    .argument('<recording...>', 'folders of recordings, ours or anybody’s')
    .requiredOption('--out <folder>', 'where the model goes')
    .option('--model <name>', 'network of the zoo; `wheelhouse models` lists them', 'cnn-lstm')
    .option('--format <name>', 'format of the recordings (default: detected)')
    .option('--skip-bad', 'leave bad samples out instead of stopping at the first')
    .option('--size <width>x<height>', 'size of the frames that the network sees', size)
    .option('--time <frames>', 'frames in a window (T)', integer({ min: 1, max: 512 }))
    .option('--crop <top,bottom,left,right>', 'shares of the frame to cut off first, e.g. 0.35,0.15,0,0', crop)
    .option('--stride <samples>', 'samples between the starts of two windows', integer({ min: 1, max: 512 }), 2)
    .option('--epochs <n>', 'times through the data at most', integer({ min: 1, max: 100_000 }), 20)
    .option('--batch <n>', 'windows a step', integer({ min: 1, max: 4096 }), 4)
    .option('--learning-rate <rate>', 'of Adam', decimal({ min: 0, exclusive: true }), 1e-3)
    .option('--patience <epochs>', 'stop after this many epochs that are no better; 0 never', integer({ min: 0 }), 6)
    .option('--validation <share>', 'share that validates, in blocks of time', decimal({ min: 0, max: 0.5 }), 0.15)
    .option('--test-tail <share>', 'share at the end that is held back', decimal({ min: 0, max: 0.5 }), 0.15)
    .option('--seed <n>', 'seed of weights and order', integer(SEED_RANGE), 1)
    .addOption(backendOption())
    .action((folders: string[], options: TrainCommandOptions) => trainCommand(folders, options, context));
}

async function trainCommand(folders: string[], options: TrainCommandOptions, context: CommandContext): Promise<void> {
  const { output, signal } = context;
  const { findArchitecture } = await import('../../../models/zoo/zoo.ts');
  const { openComputing } = await import('../../models/open-computing.ts');
  const { saveModelFolder, refuseTakenFolder } = await import('../../models/model-folder.ts');
  const { openRecordings } = await import('../../recording/open-recordings.ts');
  const { trainModel } = await import('../../training/train-model.ts');

  // Whatever can be refused is refused before the first minute of work.
  findArchitecture(options.model);
  await refuseTakenFolder(options.out);
  const recordings = await openRecordings(folders, {
    ...(options.format !== undefined && { format: options.format }),
    ...(options.skipBad && { skipBad: true }),
  });
  const samples = recordings.reduce((sum, recording) => sum + recording.length, 0);
  for (const line of recordings.flatMap(({ skipped }) => skipped)) output.warn(`skipped: ${line}`);
  const { name: backend } = await openComputing(options.backend);
  output.note(`${samples} samples of ${recordings.length} recordings; ${options.model} on ${backend}`);

  let progress: Progress | undefined;
  const begun = performance.now();
  const trained = await trainModel(recordings, {
    architecture: options.model,
    ...(options.size && options.size),
    ...(options.time !== undefined && { time: options.time }),
    ...(options.crop && { crop: options.crop }),
    stride: options.stride,
    validationShare: options.validation,
    testTail: options.testTail,
    training: {
      epochs: options.epochs,
      batch: options.batch,
      learningRate: options.learningRate,
      patience: options.patience,
      seed: options.seed,
    },
    signal,
    onProgress: (now) => {
      progress ??= output.progress({ label: 'train', total: now.epochs * now.steps, unit: 'steps' });
      progress.update((now.epoch - 1) * now.steps + now.step, describe(now));
    },
    onBest: (network, record) =>
      saveModelFolder(options.out, network, {
        seed: options.seed,
        epochs: options.epochs,
        bestEpoch: record.epoch,
        validationLoss: Number.isNaN(record.validationLoss) ? null : record.validationLoss,
      }),
  });
  progress?.finish();
  const seconds = (performance.now() - begun) / 1000;
  for (const recording of recordings) await recording.close();
  const { result, windows, test, network } = trained;
  const document = {
    out: options.out,
    model: options.model,
    parameters: network.parameters,
    backend,
    samples,
    windows,
    stopped: result.stopped,
    best: result.best ?? null,
    history: result.history,
    seconds,
    test: test ?? null,
  };
  output.result(document, () => {
    const best = result.best ? `best epoch ${result.best.epoch}, ` : '';
    output.line(`${printable(options.out)}: ${best}${result.stopped} after ${duration(seconds)}`);
    if (test) printOpenLoop(test, output);
  });
}

function describe(now: { epoch: number; loss: number; validationLoss: number; framesPerSecond: number }): string {
  const validation = Number.isNaN(now.validationLoss) ? '' : `  validation ${now.validationLoss.toFixed(4)}`;
  return `epoch ${now.epoch}  ${now.framesPerSecond.toFixed(0)} frames/s  loss ${now.loss.toFixed(4)}${validation}`;
}

function size(text: string): { width: number; height: number } {
  const [, width, height] = /^(\d{1,4})x(\d{1,4})$/.exec(text) ?? [];
  if (width === undefined || height === undefined) throw new InvalidArgumentError('Write it as 160x64.');
  return { width: Number(width), height: Number(height) };
}

function crop(text: string): { top: number; bottom: number; left: number; right: number } {
  const shares = text.split(',').map(Number);
  const [top, bottom, left, right] = shares;
  if (shares.length !== 4 || shares.some((share) => !(share >= 0 && share < 1))) {
    throw new InvalidArgumentError('Write four shares from 0 to below 1, as 0.35,0.15,0,0.');
  }
  return { top: top!, bottom: bottom!, left: left!, right: right! };
}

function printOpenLoop(report: OpenLoopReport, output: Output): void {
  output.line();
  output.line('On the held-back end of the recordings, RMSE / MAE, beside what needs no image at all:');
  const cell = (errors: { rmse: number; mae: number } | null | undefined) =>
    errors ? `${errors.rmse.toFixed(4)} / ${errors.mae.toFixed(4)}` : '-';
  output.table({
    head: ['head', 'the model', 'always 0', 'always the mean', 'the truth of 0.25 s ago'],
    rows: Object.entries(report).map(([head, score]) => [
      `${head} [${UNITS[head as OutputName]}]`,
      cell(score),
      cell(score.baselines.zero),
      cell(score.baselines.mean),
      cell(score.baselines.repeat),
    ]),
    align: ['left', 'right', 'right', 'right', 'right'],
  });
}
