import path from 'node:path';
import type { RunConfig } from '../../../models/runs/run-config.ts';
import type { TrainedRun } from '../../../models/runs/train-in-run.ts';
import type { TrainingSettings } from '../../../models/training/training-settings.ts';
import { readModelFolder } from '../models/model-folder.ts';
import { modelFolderOf, referenceTo } from '../runs/run-places.ts';
import { beginTraining, discardUntrained } from './begin-training.ts';
import { type TrainHereOptions, trainHere } from './train-here.ts';

/** What a training is asked for, beside its settings. */
export interface TrainingOrder extends Pick<RunConfig, 'format' | 'skipBad' | 'reading'> {
  /** Folders of recordings, or of several of them. */
  readonly recordings: readonly string[];
  /** Folder of the model. */
  readonly out: string;
  /** Folder of the run. */
  readonly run: string;
  readonly settings: TrainingSettings;
  /** Model to begin with, as `readModelFolder` takes it. */
  readonly from?: string;
  readonly backend?: RunConfig['backend'];
}

/** The order as a run keeps it. @throws Refusal for a model to begin with that is missing or damaged */
export async function runConfigOf(order: TrainingOrder): Promise<RunConfig & { readonly out: string }> {
  const { settings, from } = order;
  const first = from === undefined ? undefined : await readModelFolder(from);
  const model = from === 'default' ? { id: 'default' } : { folder: path.resolve(from ?? '') };
  return {
    recordings: order.recordings.map((folder) => referenceTo(folder, order.run)),
    ...(order.format !== undefined && { format: order.format }),
    ...(order.skipBad !== undefined && { skipBad: order.skipBad }),
    ...(order.reading !== undefined && { reading: order.reading }),
    out: path.resolve(order.out),
    architecture: settings.architecture,
    networkOptions: { ...settings.networkOptions },
    ...(first && { from: { model, sha256: first.sha256 } }),
    ...settings.data,
    backend: order.backend ?? 'auto',
    training: settings.training,
  };
}

/**
 * Trains a network and saves the best epoch as a model folder; everything that was opened for it is closed again.
 * @throws Refusal when a folder is taken, or recordings, options or backend do not fit; nothing is left then
 */
export async function trainIntoFolder(
  order: TrainingOrder,
  options: Pick<TrainHereOptions, 'signal' | 'listener'> = {},
): Promise<TrainedRun> {
  const { close, ...training } = await beginTraining(await runConfigOf(order), order.run);
  const { run, recordings } = training;
  try {
    const trained = await trainHere({
      ...training,
      ...options,
      readWeights: (model) => readModelFolder(modelFolderOf(model, order.run)),
    }).catch(async (error: unknown) => {
      await discardUntrained(run);
      throw error;
    });
    await run.close();
    trained.network.dispose();
    return trained;
  } finally {
    for (const recording of recordings) await recording.close();
    close();
  }
}
