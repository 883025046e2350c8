/** Electron's side of a utility process; not there in a child of Node. */
interface ParentPort {
  postMessage(message: unknown): void;
  once(event: 'message', listener: (event: { data: unknown }) => void): void;
}

const port = (process as { parentPort?: ParentPort }).parentPort;

/** Sends a message to the process that started this one. */
export function tellParent(message: unknown): void {
  if (port) port.postMessage(message);
  else process.send?.(message);
}

/** The first message of the process that started this one. */
export function taskFromParent(): Promise<unknown> {
  return new Promise((resolve) => {
    if (port) return port.once('message', ({ data }) => resolve(data));
    process.once('message', resolve);
    // A host that was killed needs no results any more; Electron ends its processes itself.
    process.once('disconnect', () => process.exit(1));
  });
}
