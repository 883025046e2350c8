import { type BrowserWindow, dialog } from 'electron';
import type { Host } from '../../headless/host/host.ts';
import { isKnown, takeIn } from '../../headless/host/take-in.ts';
import { Refusal } from '../../sim/refusal.ts';
import { showPage } from '../window/main-window.ts';

/** Asks for folders or files and takes them into the library. */
export async function askAndOpen(host: Host, window: BrowserWindow): Promise<void> {
  // Linux and Windows cannot ask for folders and files at once; recordings and models are folders.
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: 'Open recordings or models',
    properties: ['openDirectory', 'multiSelections'],
  });
  if (!canceled) await openPaths(host, window, filePaths);
}

/** Takes recordings and models into the library and shows the page that lists them. */
export async function openPaths(host: Host, window: BrowserWindow, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    try {
      const kind = await takeIn(host, path);
      showPage(window, kind === 'model' ? '#/drive' : '#/recordings');
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      dialog.showErrorBox('This cannot be opened', error.message);
    }
  }
}

/** The files and folders among the arguments that a program was started with. */
export function pathsIn(args: readonly string[], isPackaged: boolean): string[] {
  // Unpackaged, the arguments are: electron, the app's folder, then what a person gave.
  return args.slice(isPackaged ? 1 : 2).filter((argument) => !argument.startsWith('-') && isKnown(argument));
}
