import path from 'node:path';
import { app, BrowserWindow, screen } from 'electron';
import { APP_ORIGIN } from '../app-address.ts';
import { readWindowState, SMALLEST, writeWindowState } from './window-state.ts';

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
  void window.loadURL(`${APP_ORIGIN}/${page}`);
  return window;
}

/** Brings the window to the front, on a page when one is given. */
export function showPage(window: BrowserWindow, page?: string): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
  // Only the part behind the `#` changes, so the page that is there stays and what runs in it goes on.
  if (page !== undefined) void window.loadURL(`${APP_ORIGIN}/${page}`);
}
