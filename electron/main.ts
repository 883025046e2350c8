import path from 'node:path';
import { app, type BrowserWindow, dialog, protocol, session, shell } from 'electron';
import { PAGES_FOLDER } from '../headless/shells/host/build-pages.ts';
import { type Host, openHost } from '../headless/shells/host/host.ts';
import { createRunners } from '../headless/shells/host/jobs/runners.ts';
import { builtinModels, libraryFolder } from '../headless/work/library/library-folder.ts';
import { Refusal } from '../sim/refusal.ts';
import { APP_HOST, APP_ORIGIN, APP_SCHEME } from './app-address.ts';
import { guardContents, guardSession } from './guards.ts';
import { askAndOpen, openPaths, pathsIn } from './open-files.ts';
import { setSwitches } from './switches.ts';
import { launchUtility } from './utility-child.ts';
import { openMainWindow, showPage } from './window/main-window.ts';
import { setMenu } from './window/menu.ts';

/**
 * The desktop app: a window on the same pages and the same host that `wheelhouse serve` has. All product logic lies
 * there; here are the window, the menu and the dialogs.
 */
interface Given {
  readonly paths: string[];
}
let window: BrowserWindow | undefined;
let host: Host | undefined;
/** What the system asked to open before there was a window. */
const early: string[] = [];

/** What this start was asked to open; another instance that runs already is told of it, and this one ends. */
const given: Given = { paths: pathsIn(process.argv, app.isPackaged) };
if (app.requestSingleInstanceLock(given)) start();
else app.quit();

function start(): void {
  setSwitches(app.commandLine, process.platform, process.env);
  protocol.registerSchemesAsPrivileged([
    {
      scheme: APP_SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ]);
  guardContents(app);
  early.push(...given.paths);
  // Its arguments would not do: Chromium puts its own among them, and paths in them belong to another folder.
  app.on('second-instance', (_event, _args, _folder, data) => {
    if (window) showPage(window);
    else if (host) showWindow();
    open((data as Given).paths);
  });
  app.on('open-file', (event, file) => {
    event.preventDefault();
    open([file]);
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('activate', () => {
    if (window === undefined && host !== undefined) showWindow();
  });
  let isClosed = false;
  // Not before the window is closed: a person may still choose to stay in it, and it needs the host then.
  app.on('will-quit', (event) => {
    if (isClosed || host === undefined) return;
    // Jobs are cancelled and files closed first; then the app is asked to quit again.
    event.preventDefault();
    void host.close().finally(() => {
      isClosed = true;
      app.quit();
    });
  });
  app
    .whenReady()
    .then(ready)
    .catch((error: unknown) => {
      if (!(error instanceof Refusal)) console.error(error);
      dialog.showErrorBox('Wheelhouse cannot start', error instanceof Error ? error.message : String(error));
      app.quit();
    });
}

async function ready(): Promise<void> {
  host = await openHost({
    shell: 'electron',
    library: libraryFolder(),
    pages: PAGES_FOLDER,
    builtinModels: builtinModels(),
    runners: createRunners(launchUtility),
    hosts: [APP_HOST],
    originOf: () => APP_ORIGIN,
    // Nothing but our own windows reaches this handler, and Chromium leaves the origin out of some of their requests.
    needsOrigin: false,
  });
  guardSession(session.defaultSession);
  protocol.handle(APP_SCHEME, host.fetch);
  showWindow();
  open(early.splice(0));
}

function showWindow(): BrowserWindow {
  const opened = openMainWindow();
  window = opened;
  opened.on('closed', () => {
    window = undefined;
  });
  const { library } = host!;
  setMenu(
    {
      open: (wanted) => void (window && askAndOpen(host!, window, wanted)),
      showLibrary: () => void shell.openPath(path.resolve(library.folder)),
      showPage: (page) => window && showPage(window, page),
    },
    process.platform,
  );
  return opened;
}

function open(paths: readonly string[]): void {
  if (host === undefined) early.push(...paths);
  else if (paths.length > 0) void openPaths(host, window ?? showWindow(), paths);
}
