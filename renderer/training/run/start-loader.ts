import { createWindowLoader, type WindowLoader } from '../../../datasets/windows/loader/window-loader.ts';

/** Starts a worker that makes windows; closing the loader ends it. */
export function startLoader(): WindowLoader {
  const worker = new Worker(new URL('./windows.worker.ts', import.meta.url), { type: 'module' });
  const loader = createWindowLoader([
    {
      post: (message, transfer) => worker.postMessage(message, [...transfer]),
      listen(onMessage, onEnd) {
        worker.addEventListener('message', ({ data }) => onMessage(data));
        worker.addEventListener('error', ({ message }) =>
          onEnd(new Error(message || 'the loader could not be started')),
        );
      },
    },
  ]);
  return {
    open: loader.open,
    async close() {
      await loader.close();
      worker.terminate();
    },
  };
}
