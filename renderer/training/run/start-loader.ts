import { createWindowLoader, type WindowLoader } from '../../../datasets/windows/loader/window-loader.ts';
import { workerPort } from '../../workers/port.ts';

/** Starts a worker that makes windows; closing the loader ends it. */
export function startLoader(): WindowLoader {
  const worker = new Worker(new URL('./windows.worker.ts', import.meta.url), { type: 'module' });
  return createWindowLoader([workerPort(worker)]);
}
