import { Worker } from 'node:worker_threads';
import type { LoaderPort } from '../../../datasets/windows/loader/messages.ts';
import { createWindowLoader, type WindowLoader } from '../../../datasets/windows/loader/window-loader.ts';

/** Runs a module of ours where nothing is known of TypeScript yet. */
const FROM_SOURCE = new URL('../processes/from-source.mjs', import.meta.url);

/** What a loader thread is started with. */
export interface LoaderThreadData {
  /** Where decoded frames are kept for the next run; absent: nowhere. */
  readonly cache?: { readonly folder: string; readonly limitBytes: number };
}

export interface StartLoaderOptions extends LoaderThreadData {
  /** Threads that crop, resize and pack. Default 1: pictures are decoded on libvips' own threads beside it. */
  readonly threads?: number;
}

/** Starts threads that make windows. Close the loader, or they keep the process alive. */
export function startLoader({ threads = 1, cache }: StartLoaderOptions = {}): WindowLoader {
  const workers = Array.from({ length: threads }, () => {
    const limitBytes = Math.floor((cache?.limitBytes ?? 0) / threads);
    const workerData: LoaderThreadData = cache ? { cache: { ...cache, limitBytes } } : {};
    return new Worker(FROM_SOURCE, { argv: [new URL('serve-loader.ts', import.meta.url).href], workerData });
  });
  const loader = createWindowLoader(workers.map(portOf));
  return {
    open: (recordings, options) => loader.open(recordings, options),
    async close() {
      await loader.close();
      for (const worker of workers) await worker.terminate();
    },
  };
}

function portOf(worker: Worker): LoaderPort {
  return {
    post: (message, transfer) => worker.postMessage(message, [...transfer]),
    listen(onMessage, onEnd) {
      worker.on('message', onMessage);
      worker.on('error', onEnd);
      worker.on('exit', (code) => onEnd(new Error(`a loader thread ended with code ${code}`)));
    },
  };
}
