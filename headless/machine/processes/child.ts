import { fork } from 'node:child_process';
import type { Peer } from '../../../sim/calls/port.ts';
import { ownModule } from './own-module.ts';

/** A process of ours that does one thing and is told about it by messages. What is sent is copied, bytes included. */
export interface Child {
  /** Its number, once it runs. */
  readonly pid: number | undefined;
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** @param listener hears how it ended, e.g. `SIGSEGV` or `code 1` */
  onExit(listener: (how: string) => void): void;
  /** Whether this process waits for it before it ends by itself, as it does at first. */
  hold(wanted: boolean): void;
  /** Ends it at once, whatever it is doing. */
  kill(): void;
}

/**
 * A child as the other side of calls.
 * @param died what calls fail with when it ends, by how it ended
 */
export function peerOf(child: Child, died: (how: string) => Error): Peer {
  return {
    post: (message) => child.send(message),
    listen(onMessage, onEnd) {
      child.onMessage(onMessage);
      child.onExit((how) => onEnd(died(how)));
    },
    end: () => child.kill(),
  };
}

/**
 * Starts a process that runs a module of ours. Node's `fork` and Electron's `utilityProcess` both can.
 * @param module as `ownModule` takes it
 */
export type LaunchChild = (module: URL) => Child;

/** A child of this Node. What it prints goes to our stderr, so that results on stdout stay alone there. */
export const forkChild: LaunchChild = (module) => {
  const { file, args } = ownModule(module);
  const child = fork(file, args, {
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  return {
    pid: child.pid,
    // A child that is gone says so by its exit.
    send: (message) => void child.send(message as object, () => undefined),
    onMessage: (listener) => void child.on('message', listener),
    onExit(listener) {
      child.on('exit', (code, signal) => listener(signal ?? `code ${code}`));
      child.on('error', (error) => listener(error.message));
    },
    hold(wanted) {
      for (const held of [child, child.channel]) wanted ? held?.ref() : held?.unref();
    },
    // Native code that hangs hears nothing gentler.
    kill: () => void child.kill('SIGKILL'),
  };
};
