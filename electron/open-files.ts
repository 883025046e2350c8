import path from 'node:path';
import { type BrowserWindow, dialog } from 'electron';
import type { Host } from '../headless/shells/host/host.ts';
import { isKnown, takeIn } from '../headless/shells/host/take-in.ts';
import { Refusal } from '../sim/refusal.ts';
import { showPage } from './window/main-window.ts';
import type { Wanted } from './window/menu.ts';

/** Asks for folders or files and takes them into the library. */
export async function askAndOpen(host: Host, window: BrowserWindow, wanted: Wanted): Promise<void> {
  // Linux and Windows cannot ask for folders and files at once.
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: wanted === 'folder' ? 'Open folders with recordings or models' : 'Open files with recordings',
    properties: [wanted === 'folder' ? 'openDirectory' : 'openFile', 'multiSelections'],
  });
  if (!canceled) await openPaths(host, window, filePaths);
}

/** Where a thing is listed. */
const PAGES = { model: '#/drive', run: '#/train', recording: '#/recordings' } as const;

/** Takes recordings, models and runs into the library and shows the page that lists them. */
export async function openPaths(host: Host, window: BrowserWindow, paths: readonly string[]): Promise<void> {
  for (const place of paths) {
    try {
      const kind = await takeIn(host, place);
      showPage(window, PAGES[kind]);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      dialog.showErrorBox('This cannot be opened', error.message);
    }
  }
}

/** The files and folders among the arguments that this program was started with, as whole paths. */
export function pathsIn(args: readonly string[], isPackaged: boolean): string[] {
  // Unpackaged, the arguments are: electron, the app's folder, then what a person gave.
  const given = args.slice(isPackaged ? 1 : 2).filter((argument) => !argument.startsWith('-'));
  return given.filter(isKnown).map((argument) => path.resolve(argument));
}
