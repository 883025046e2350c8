import { rmdir } from 'node:fs/promises';
import path from 'node:path';
import type { BackendName } from '../../../models/backend/open-backend.ts';
import type { RunConfig } from '../../../models/runs/run-config.ts';
import { describeRun, type Environment } from '../../../models/runs/run-description.ts';
import { RunFolder, refuseTakenRun } from '../../../models/runs/run-folder.ts';
import { openComputing } from '../../machine/computing/open-computing.ts';
import { describeAdapter } from '../../machine/gpu/gpu.ts';
import { openGpu } from '../../machine/gpu/open.ts';
import { DiskStorage } from '../../machine/storage/disk.ts';
import { refuseTakenFolder } from '../models/model-folder.ts';
import { openRunRecordings } from '../runs/open-run-recordings.ts';
import { folderOf } from '../runs/run-places.ts';
import { environmentHere, lockingHere } from '../runs/this-process.ts';
import { keepInFolder, type TrainHereOptions } from './train-here.ts';

/** What a run is trained on. */
export type TrainingData = Pick<TrainHereOptions, 'recordings' | 'data'>;

/** What computes a training. */
export interface OpenedEnvironment {
  readonly environment: Environment;
  /** Gives back the graphics device, where one was opened. */
  close(): void;
}

/** A run that is about to be trained. */
export type BegunTraining = TrainingData & OpenedEnvironment & Pick<TrainHereOptions, 'run' | 'model'>;

/**
 * Begins a run whose model goes into a folder. Whatever can be refused is refused before the first minute of work, and
 * before anything is written.
 * @param config with `out`
 * @param place folder of the run
 * @throws Refusal when a folder is taken, or a recording or the backend cannot be opened
 */
export async function beginTraining(
  config: RunConfig & { readonly out: string },
  place: string,
): Promise<BegunTraining> {
  await refuseTakenFolder(config.out);
  await refuseTakenRun(new DiskStorage(place));
  const data = await openTrainingData(config, place);
  const opened = await openEnvironment(config.backend);
  const description = describeRun(path.basename(config.out), config);
  const run = await RunFolder.create(new DiskStorage(place), description, lockingHere());
  return { run, model: keepInFolder(config.out), ...opened, ...data };
}

/** Opens the recordings of a run. @param run its folder @throws Refusal for one that is missing or broken */
export function openTrainingData(config: RunConfig, run: string): Promise<TrainingData> {
  const places = config.recordings.map((reference) => ({ reference, folder: folderOf(reference, 'recordings', run) }));
  return openRunRecordings(places, {
    ...(config.format !== undefined && { format: config.format }),
    ...(config.skipBad && { skipBad: true }),
    ...config.reading,
  });
}

/** Starts what computes. @throws Refusal for a backend that does not start */
export async function openEnvironment(wanted: BackendName | 'auto'): Promise<OpenedEnvironment> {
  // Only a backend that was asked for by name is worth the seconds that a software adapter takes to start.
  const gpu = wanted === 'webgpu' ? await openGpu() : undefined;
  const { name } = await openComputing(wanted, gpu);
  const environment = environmentHere(name, gpu ? describeAdapter(gpu.adapter) : null);
  return { environment, close: () => gpu?.close() };
}

/** Takes a run back that was refused before its first checkpoint. */
export async function discardUntrained(run: RunFolder): Promise<void> {
  if (await run.discardUntrained()) await rmdir(run.folder);
}
