/** Reason of the signal that a command gets when a person stops it. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  readonly exitCode: number;

  constructor(signal: NodeJS.Signals) {
    super('stopped');
    this.exitCode = EXIT_CODES[signal] ?? 130;
  }
}

/** 128 + the number of the signal, as shells report it. */
const EXIT_CODES: Partial<Record<NodeJS.Signals, number>> = { SIGINT: 130, SIGTERM: 143 };

/** npm passes an interrupt on to a program that the terminal has already told, so one key press may arrive twice [ms]. */
const ECHO = 300;

/**
 * Turns Ctrl-C (and SIGTERM) into an abort: the first asks the command to stop and to keep what is finished, a second
 * one ends the process at once.
 * @param onFirst called once, when the first signal arrives
 */
export function listenForInterrupts(onFirst: () => void): { signal: AbortSignal; stop: () => void } {
  const controller = new AbortController();
  let since = 0;
  const listener = (name: NodeJS.Signals) => {
    if (!controller.signal.aborted) {
      since = performance.now();
      onFirst();
      controller.abort(new Interrupted(name));
      // With no listener left, the system itself ends the process, even one that is deep in a computation.
      setTimeout(stop, ECHO).unref();
    } else if (performance.now() - since > ECHO) {
      stop();
      process.kill(process.pid, name);
    }
  };
  const stop = () => {
    process.off('SIGINT', listener);
    process.off('SIGTERM', listener);
  };
  process.on('SIGINT', listener);
  process.on('SIGTERM', listener);
  return { signal: controller.signal, stop };
}
