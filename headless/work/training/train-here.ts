import type { Recording } from '../../../datasets/recording/recording.ts';
import { canLoad, type WindowLoader } from '../../../datasets/windows/loader/window-loader.ts';
import {
  type ModelKeeper,
  type TrainedRun,
  type TrainInRunOptions,
  trainInRun,
} from '../../../models/runs/train-in-run.ts';
import { frameCacheFolder } from '../../machine/cache/frame-cache.ts';
import { startLoader } from '../../machine/windows/start-loader.ts';
import { saveModelFolder } from '../models/model-folder.ts';

/** A thread takes a second to start, in which about as many frames of usual size are decoded. */
const WORTH_A_THREAD = 1000;

export interface TrainHereOptions extends Omit<TrainInRunOptions, 'openWindows'> {
  /** Whether decoded frames are kept on the disk for the next training. Default true. */
  readonly frameCache?: boolean;
}

/** Trains in a run, with a thread of this process that reads and decodes while the network computes. */
export async function trainHere({ frameCache = true, ...options }: TrainHereOptions): Promise<TrainedRun> {
  const loader = await openLoader(options.recordings, frameCache);
  try {
    return await trainInRun({ ...options, ...(loader && { openWindows: loader.open }) });
  } finally {
    await loader?.close();
  }
}

/** Saves the best epoch as a model folder, whenever there is a better one. @param folder absolute */
export function keepInFolder(folder: string): ModelKeeper {
  return {
    better: ({ network, training }) => saveModelFolder(folder, network, training),
    async end({ network, training, best }) {
      if (best === undefined) return null;
      // A training that was killed between an epoch and its model has the weights, but perhaps not the folder.
      await saveModelFolder(folder, network, training);
      return { folder };
    },
  };
}

/** None for recordings that only this thread has, or that are decoded before a thread has started. */
async function openLoader(recordings: readonly Recording[], keep: boolean): Promise<WindowLoader | undefined> {
  const samples = recordings.reduce((sum, { length }) => sum + length, 0);
  if (samples < WORTH_A_THREAD || !canLoad(recordings)) return undefined;
  return startLoader(keep ? { cache: await frameCacheFolder() } : {});
}
