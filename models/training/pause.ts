/** Milliseconds of work after which others get their turn: timers, a cancel button, the next image's decoder. */
const TURN = 30;

/** @returns a function that, when it was long since the last time, waits until pending events were handled */
export function turnTaker(): () => Promise<void> {
  const channel = new MessageChannel();
  let resume: (() => void) | undefined;
  channel.port1.onmessage = () => resume?.();
  // A port that listens keeps a Node process alive; this one must do so while somebody waits, and no longer.
  const port = channel.port1 as MessagePort & { ref?: () => void; unref?: () => void };
  port.unref?.();
  let last = performance.now();
  return async () => {
    if (performance.now() - last < TURN) return;
    await new Promise<void>((resolve) => {
      resume = resolve;
      port.ref?.();
      channel.port2.postMessage(0);
    });
    port.unref?.();
    last = performance.now();
  };
}
