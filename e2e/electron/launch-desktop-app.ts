import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { _electron, type ElectronApplication } from 'playwright';
import { findElectron } from '../../headless/machine/doctor/find-electron.ts';
import { APP_FOLDER, buildApp } from '../../packaging/build-app.ts';

const program = findElectron()?.program;

/** Why the desktop app cannot be tested here; undefined when it can. */
export const noDesktopApp = reasonAgainst();

function reasonAgainst(): string | undefined {
  if (process.env.WHEELHOUSE_NO_BROWSER) return '--no-browser';
  if (program === undefined) return 'Electron’s program is not here; npm start fetches it where it can be reached';
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    return 'no display for Electron’s window; xvfb-run gives it one';
  }
  return undefined;
}

export interface LaunchedDesktopApp {
  readonly electron: ElectronApplication;
  readonly library: string;
  close(): Promise<void>;
}

/** Builds the desktop app and starts it, with a library and settings of its own in a temporary folder. */
export async function launchDesktopApp(): Promise<LaunchedDesktopApp> {
  await buildApp();
  const folder = await mkdtemp(path.join(os.tmpdir(), 'wheelhouse-electron-'));
  const library = path.join(folder, 'library');
  const electron = await _electron.launch({
    executablePath: program!,
    args: [
      APP_FOLDER,
      `--user-data-dir=${path.join(folder, 'settings')}`,
      // Chromium's sandbox does not start for root, as which containers run.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
    env: {
      // As the browser of the tests, it needs no graphics card; WHEELHOUSE_SOFTWARE_GPU=0 lets it use one.
      WHEELHOUSE_SOFTWARE_GPU: '1',
      ...(process.env as Record<string, string>),
      WHEELHOUSE_LIBRARY: library,
    },
  });
  // Nobody sits there to press a button. Who is asked whether to leave does; what pages ask is left to the tests.
  await electron.evaluate(({ dialog }) => {
    dialog.showMessageBoxSync = () => 0;
    dialog.showMessageBox = () => new Promise<never>(() => {});
  });
  return {
    electron,
    library,
    async close() {
      await electron.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
