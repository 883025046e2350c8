import path from 'node:path';
import { app, BrowserWindow, dialog, screen } from 'electron';
import { APP_ORIGIN } from '../app-address.ts';
import { readWindowState, SMALLEST, writeWindowState } from './window-state.ts';

/** Linux takes the icon of a window from its program; elsewhere the installed app has it. */
const ICON = path.resolve(import.meta.dirname, '../resources/icons/256x256.png');

/** Opens the one window of the app on a page, e.g. `#/recordings`. */
export function openMainWindow(page = ''): BrowserWindow {
  const file = path.join(app.getPath('userData'), 'window.json');
  const { maximised = false, ...place } = readWindowState(
    file,
    screen.getAllDisplays().map((display) => display.workArea),
  );
  const window = new BrowserWindow({
    ...place,
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    show: false,
    title: 'Wheelhouse',
    ...(process.platform === 'linux' && { icon: ICON }),
    backgroundColor: '#0f1419',
    webPreferences: {
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      // Training and recording go on while the window lies behind another.
      backgroundThrottling: false,
    },
  });
  if (maximised) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => writeWindowState(file, window));
  // A page that has something to lose, such as a training, refuses to go. Browsers ask then; Electron leaves it to us.
  window.webContents.on('will-prevent-unload', (event) => {
    if (asksToLeave(window)) event.preventDefault();
  });
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit') void offerReload(window, reason);
  });
  void window.loadURL(`${APP_ORIGIN}/${page}`);
  return window;
}

/** Why a page ended, in words; the other reasons say it by themselves. */
const REASONS: Readonly<Record<string, string>> = { oom: 'out of memory', 'memory-eviction': 'out of memory' };

/** Tells that the page has ended, which leaves the window empty, and opens it anew or closes the window. */
async function offerReload(window: BrowserWindow, reason: string): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: `The page of Wheelhouse has ended by itself (${REASONS[reason] ?? reason}); reload it to go on.`,
    detail: 'The library is as it was. A training that was under way goes on from its last checkpoint.',
    buttons: ['Reload', 'Close the window'],
    defaultId: 0,
    cancelId: 1,
  });
  if (window.isDestroyed()) return;
  if (response === 0) window.webContents.reload();
  else window.close();
}

/** Whether the person wants to close the window although something is under way in it. */
function asksToLeave(window: BrowserWindow): boolean {
  const choice = dialog.showMessageBoxSync(window, {
    type: 'question',
    message: 'Close Wheelhouse while it is at work?',
    detail:
      'A training that is under way stops here. It goes on from its last checkpoint when Wheelhouse is opened again.',
    buttons: ['Close', 'Stay'],
    defaultId: 1,
    cancelId: 1,
  });
  return choice === 0;
}

/** Brings the window to the front, on a page when one is given. */
export function showPage(window: BrowserWindow, page?: string): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
  // Only the part behind the `#` changes, so the page that is there stays and what runs in it goes on.
  if (page !== undefined) void window.loadURL(`${APP_ORIGIN}/${page}`);
}
