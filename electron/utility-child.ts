import { utilityProcess } from 'electron';
import type { LaunchChild } from '../headless/machine/processes/child.ts';
import { ownModule } from '../headless/machine/processes/own-module.ts';

/**
 * A child of the packaged app. Its program does not run as Node (a fuse sees to that), so `fork` cannot start it; Electron's
 * own utility processes take its place.
 */
export const launchUtility: LaunchChild = (module) => {
  const { file, args } = ownModule(module);
  const child = utilityProcess.fork(file, [...args], { serviceName: 'Wheelhouse work', stdio: 'inherit' });
  return {
    get pid() {
      return child.pid;
    },
    send: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.on('exit', (code) => listener(`code ${code}`)),
    // The app ends its children with itself.
    hold: () => undefined,
    kill: () => void child.kill(),
  };
};
