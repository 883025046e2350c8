import { runFolderOf } from '../headless/work/runs/run-places.ts';
import { trainIntoFolder } from '../headless/work/training/train-into-folder.ts';
import type { BackendName } from '../models/backend/open-backend.ts';
import type { RunConfig } from '../models/runs/run-config.ts';
import type { TrainedRun } from '../models/runs/train-in-run.ts';
import { USUAL_NETWORK } from '../models/training/option-table/usual-network.ts';
import type { DataSettings, TrainingOptions } from '../models/training/options.ts';
import type { Progress } from '../models/training/progress.ts';
import { trainingSettings } from '../models/training/training-settings.ts';

/** Options of a training by name, as docs/training-options.md lists them; what is absent is as it is there. */
export type TrainingChoices = Partial<TrainingOptions & DataSettings>;

export interface TrainOptions {
  /** Folders of recordings of any format; a folder that holds some stands for all of them. */
  readonly recordings: string | readonly string[];
  /** Folder of the model. */
  readonly out: string;
  /** Folder of log, checkpoints and settings. Default: `<out>.run`. */
  readonly run?: string;
  /** Network of the zoo. Default: the usual one. */
  readonly model?: string;
  /** Options of the network. */
  readonly network?: Readonly<Record<string, unknown>>;
  /** Options of the training. */
  readonly options?: TrainingChoices;
  /** Model folder, or `default`, to begin with where its weights fit. */
  readonly from?: string;
  /** What computes; `auto` measures. Default `auto`. */
  readonly backend?: BackendName | 'auto';
  /** Format of the recordings. Default: found out. */
  readonly format?: string;
  /** Leave bad samples out instead of stopping at the first. */
  readonly skipBad?: boolean;
  /** What else there is to say of how they are read, such as `{ columns: { steering: { flip: true } } }`; kept in the run. */
  readonly reading?: RunConfig['reading'];
  readonly signal?: AbortSignal;
  /** Called after each step. */
  onProgress?(progress: Progress): void;
}

/** What came of a training; the model lies in its folder. */
export interface Trained
  extends Pick<TrainedRun, 'windows' | 'test'>,
    Pick<TrainedRun['result'], 'best' | 'history' | 'stopped'> {
  /** Folder of the model: a driver's reference. */
  readonly out: string;
  /** Folder of the run. */
  readonly run: string;
}

/**
 * Trains a network on recordings and saves the best epoch as a model folder, as `wheelhouse train` does.
 * @returns the best epoch and all others, why it ended, and open-loop scores on the held-back end of the recordings
 * @throws Refusal when an option is unknown or out of range, a folder is taken, or a recording is missing or broken
 */
export async function train(options: TrainOptions): Promise<Trained> {
  const { recordings, out, run = runFolderOf(out), model = USUAL_NETWORK, network, onProgress, signal } = options;
  const order = {
    recordings: typeof recordings === 'string' ? [recordings] : recordings,
    out,
    run,
    settings: trainingSettings(model, network, options.options),
    ...(options.from !== undefined && { from: options.from }),
    ...(options.backend !== undefined && { backend: options.backend }),
    ...(options.format !== undefined && { format: options.format }),
    ...(options.skipBad !== undefined && { skipBad: options.skipBad }),
    ...(options.reading !== undefined && { reading: options.reading }),
  };
  const { windows, test, result } = await trainIntoFolder(order, {
    ...(signal && { signal }),
    ...(onProgress && { listener: { onProgress: (progress) => onProgress.call(options, progress) } }),
  });
  const { best, history, stopped } = result;
  return { out, run, windows, best, history, stopped, ...(test && { test }) };
}
