import { Worker } from 'node:worker_threads';
import { createWindowLoader, type WindowLoader } from '../../../datasets/windows/loader/window-loader.ts';
import type { Peer } from '../../../sim/calls/port.ts';
import { ownModule } from '../processes/own-module.ts';
import type { LoaderThreadData } from './serve-loader.ts';

export interface StartLoaderOptions extends LoaderThreadData {
  /** Threads that crop, resize and pack. Default 1: pictures are decoded on libvips' own threads beside it. */
  readonly threads?: number;
}

/** Starts threads that make windows. Close the loader, or they keep the process alive. */
export function startLoader({ threads = 1, cache }: StartLoaderOptions = {}): WindowLoader {
  const { file, args } = ownModule(new URL('./serve-loader.ts', import.meta.url));
  const workers = Array.from({ length: threads }, () => {
    const limitBytes = Math.floor((cache?.limitBytes ?? 0) / threads);
    const workerData: LoaderThreadData = cache ? { cache: { ...cache, limitBytes } } : {};
    return new Worker(file, { argv: [...args], workerData });
  });
  return createWindowLoader(workers.map(threadPort));
}

function threadPort(worker: Worker): Peer {
  return {
    post: (message, transfer = []) => worker.postMessage(message, [...transfer]),
    listen(onMessage, onEnd) {
      worker.on('message', onMessage);
      worker.on('error', onEnd);
      worker.on('exit', (code) => onEnd(new Error(`a loader thread ended with code ${code}`)));
    },
    end: () => void worker.terminate(),
  };
}
