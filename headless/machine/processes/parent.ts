import type { Port } from '../../../sim/calls/port.ts';

/** Electron's side of a utility process; not there in a child of Node. */
interface UtilityPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}

const utility = (process as { parentPort?: UtilityPort }).parentPort;

/** The process that started this one, which does not end by itself once it listens. */
export const PARENT: Port = {
  post(message) {
    if (utility) utility.postMessage(message);
    else process.send?.(message);
  },
  listen(onMessage) {
    if (utility) utility.on('message', ({ data }) => onMessage(data));
    else process.on('message', onMessage);
    // A host that was killed needs no results any more; Electron ends its processes itself.
    process.once('disconnect', () => process.exit(1));
  },
};
