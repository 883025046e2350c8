import { parentPort, workerData } from 'node:worker_threads';
import { serveWindows } from '../../../datasets/windows/loader/serve-windows.ts';
import { createPackedCache } from '../../../datasets/windows/packed-cache.ts';
import { openRecordingFolder, type RecordingOrigin } from '../reading/open-recording.ts';
import { DiskStorage } from '../storage/disk.ts';

/** What a loader thread is started with. */
export interface LoaderThreadData {
  /** Where decoded frames are kept for the next run; absent: nowhere. */
  readonly cache?: { readonly folder: string; readonly limitBytes: number };
}

/** The inside of a loader thread in Node. */
const { cache } = workerData as LoaderThreadData;
serveWindows(
  {
    post: (message, transfer = []) => parentPort!.postMessage(message, [...transfer]),
    listen: (onMessage) => void parentPort!.on('message', onMessage),
  },
  {
    openRecording(origin) {
      const { path, options } = origin as RecordingOrigin;
      return openRecordingFolder(path, options);
    },
    ...(cache && {
      packedCache: createPackedCache(new DiskStorage(cache.folder), { limitBytes: cache.limitBytes }),
    }),
  },
);
