import type { Recording } from '../../../datasets/recording/recording.ts';
import { canLoad, type WindowLoader } from '../../../datasets/windows/loader/window-loader.ts';
import { diagnose, type Finding } from '../../../models/inspection/diagnosis.ts';
import type { Network } from '../../../models/network/network.ts';
import { OUTPUT_NAMES } from '../../../models/spec.ts';
import type { Examination } from '../../../models/training/examination/examination.ts';
import { dataSettingsOf } from '../../../models/training/options.ts';
import type { Progress } from '../../../models/training/progress.ts';
import type { EpochRecord, TrainingState } from '../../../models/training/records.ts';
import { type ReadyToTrain, type TrainedModel, trainModel } from '../../../models/training/train-model.ts';
import type { Transferred } from '../../../models/training/transfer.ts';
import { frameCacheFolder } from '../../machine/cache/frame-cache.ts';
import { startLoader } from '../../machine/windows/start-loader.ts';
import { readModelFolder, saveModelFolder } from '../models/model-folder.ts';
import type { RunFolder } from '../runs/run-folder.ts';
import type { RunConfig } from '../runs/run-schema.ts';

/** A thread takes a second to start, in which about as many frames of usual size are decoded. */
const WORTH_A_THREAD = 1000;

/** What somebody who waits for a training wants to hear. */
export interface RunListener {
  onReady?(ready: ReadyToTrain): void;
  onProgress?(progress: Progress): void;
  onTransfer?(transferred: Transferred): void;
  /** What the examination of an epoch found wrong; each finding once. */
  onFinding?(finding: Finding): void;
}

export interface TrainInRunOptions {
  readonly config: RunConfig;
  readonly recordings: readonly Recording[];
  readonly run: RunFolder;
  readonly resume?: TrainingState;
  readonly signal?: AbortSignal;
  readonly checkpointEvery?: number;
  /** Memory for decoded frames [bytes]. */
  readonly frameMemory?: number;
  /** Whether decoded frames are kept on the disk for the next training. Default true. */
  readonly frameCache?: boolean;
  readonly listener?: RunListener;
}

/** Trains, keeps everything about it in a run folder, and saves the best epoch as the model folder. */
export async function trainInRun(options: TrainInRunOptions): Promise<TrainedModel> {
  const { config, recordings, run, resume, signal, checkpointEvery, frameMemory, listener = {} } = options;
  const { architecture, networkOptions } = config;
  const save = (network: Network, record: EpochRecord) =>
    saveModelFolder(config.out, network, {
      seed: config.training.seed,
      epochs: config.training.epochs,
      bestEpoch: record.epoch,
      validationLoss: finite(record.validationLoss),
    });
  const told = new Set<string>();
  const begun = performance.now();
  let epochs = resume?.history.length ?? 0;
  const from = config.from && resume === undefined ? (await readModelFolder(config.from.folder)).weights : undefined;
  const loader = await openLoader(recordings, options.frameCache ?? true);
  const trained = await trainModel(recordings, {
    architecture,
    ...(networkOptions && { networkOptions }),
    ...dataSettingsOf(config),
    training: config.training,
    ...(from && { from }),
    ...(signal && { signal }),
    ...(resume && { resume }),
    ...(checkpointEvery !== undefined && { checkpointEvery }),
    onReady: (ready) => listener.onReady?.(ready),
    ...(frameMemory !== undefined && { frameMemory }),
    ...(loader && { openWindows: loader.open }),
    onProgress(progress) {
      listener.onProgress?.(progress);
      const { epoch, step, steps, loss, learningRate, framesPerSecond } = progress;
      if (step % config.training.reportEvery !== 0 && step !== steps) return;
      void run.metric({ kind: 'step', epoch, step, loss, learningRate, framesPerSecond });
    },
    onTransfer: (transferred) => listener.onTransfer?.(transferred),
    onBest: save,
    async onExamination(examination: Examination) {
      const findings = diagnose(examination, OUTPUT_NAMES);
      await run.metric({ kind: 'examination', ...examination, findings });
      for (const finding of findings) {
        const key = `${finding.kind} ${finding.where}`;
        if (!told.has(key)) listener.onFinding?.(finding);
        told.add(key);
      }
    },
    async onCheckpoint(state) {
      if (state.history.length > epochs) await run.metric({ kind: 'epoch', ...state.history.at(-1) });
      epochs = state.history.length;
      await run.checkpoint(state);
    },
  }).finally(() => loader?.close());
  const { result, windows, test, network } = trained;
  // A training that was killed between an epoch and its model has the weights, but perhaps not the folder.
  if (result.best !== undefined) await save(network, result.best);
  await run.finish({
    stopped: result.stopped,
    best: result.best ?? null,
    history: result.history,
    parameters: network.parameters,
    windows,
    test: test ?? null,
    seconds: (performance.now() - begun) / 1000,
  });
  return trained;
}

/**
 * A thread that reads and decodes while the network computes; none for recordings that only this thread has, or that are
 * decoded before a thread has started.
 */
async function openLoader(recordings: readonly Recording[], keep: boolean): Promise<WindowLoader | undefined> {
  const samples = recordings.reduce((sum, { length }) => sum + length, 0);
  if (samples < WORTH_A_THREAD || !canLoad(recordings)) return undefined;
  return startLoader(keep ? { cache: await frameCacheFolder() } : {});
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
