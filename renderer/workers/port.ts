import type { Peer, Port } from '../../sim/calls/port.ts';

/** A worker, as the page that started it has it. */
export function workerPort(worker: Worker): Peer {
  return {
    post: (message, transfer = []) => worker.postMessage(message, [...transfer]),
    listen(onMessage, onEnd) {
      worker.addEventListener('message', ({ data }) => onMessage(data));
      worker.addEventListener('error', ({ message }) => onEnd(new Error(message || 'the worker did not start')));
    },
    end: () => worker.terminate(),
  };
}

/** The page, as its worker has it. */
export const PAGE: Port = {
  post: (message, transfer = []) => postMessage(message, { transfer: [...transfer] }),
  listen: (onMessage) => addEventListener('message', ({ data }) => onMessage(data)),
};
