/** Milliseconds of work after which others get their turn: timers, a cancel button, the next image's decoder. */
const TURN = 30;

/**
 * @param turn length of a turn [ms]
 * @returns a function that, when it was long since the last time, waits until pending events were handled
 */
export function turnTaker(turn: number = TURN): () => Promise<void> {
  const letOthers = otherEvents();
  let last = performance.now();
  return async () => {
    if (performance.now() - last < turn) return;
    await letOthers();
    last = performance.now();
  };
}

/** Waits for one round of the event loop. */
function otherEvents(): () => Promise<void> {
  const { setImmediate } = globalThis as { setImmediate?: (callback: () => void) => unknown };
  // Node hands a port up to a thousand messages in one round, so that a message to oneself lets nobody else in.
  if (setImmediate !== undefined) return () => new Promise((resolve) => setImmediate(resolve));
  // A browser slows timers down, but not messages.
  const channel = new MessageChannel();
  let resume: (() => void) | undefined;
  channel.port1.onmessage = () => resume?.();
  return () =>
    new Promise<void>((resolve) => {
      resume = resolve;
      channel.port2.postMessage(0);
    });
}
