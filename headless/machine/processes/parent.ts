/** Electron's side of a utility process; not there in a child of Node. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
  once(event: 'message', listener: (event: { data: unknown }) => void): void;
}

const port = (process as { parentPort?: ParentPort }).parentPort;

/** Sends a message to the process that started this one. */
export function tellParent(message: unknown): void {
  if (port) port.postMessage(message);
  else process.send?.(message);
}

/** Hears every message of the process that started this one, which then does not end by itself. */
export function hearParent(listener: (message: unknown) => void): void {
  if (port) port.on('message', ({ data }) => listener(data));
  else process.on('message', listener);
  endWithParent();
}

/** The first message of the process that started this one. */
export function taskFromParent(): Promise<unknown> {
  return new Promise((resolve) => {
    if (port) port.once('message', ({ data }) => resolve(data));
    else process.once('message', resolve);
    endWithParent();
  });
}

/** A host that was killed needs no results any more; Electron ends its processes itself. */
function endWithParent(): void {
  process.once('disconnect', () => process.exit(1));
}
