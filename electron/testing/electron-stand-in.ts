import { fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import os from 'node:os';

/**
 * The smallest stand-in for the `electron` module in which the main process runs: it keeps what it is told, and tests
 * ask it. `vitest.config.ts` puts it in the module's place.
 */

/** Everything that the main process said, in order, e.g. `['quit']`. */
export const said: [what: string, ...details: unknown[]][] = [];

type Handler = (request: Request) => Promise<Response>;
export const handlers = new Map<string, Handler>();
export const schemes: { scheme: string; privileges: Record<string, boolean> }[] = [];
/** Whether this process gets to be the single instance. */
export const instance = { isFirst: true };
/** What the person picks in the next dialog for files, and the button that is pressed in the next question. */
export const dialogAnswer: { canceled: boolean; filePaths: string[] } = { canceled: true, filePaths: [] };
export const questionAnswer = { button: 0 };

let becomeReady = () => {};
const ready = new Promise<void>((resolve) => {
  becomeReady = resolve;
});
/** As Electron does when Chromium has started. */
export const startChromium = (): void => becomeReady();

const switches = new Map<string, string>();

class App extends EventEmitter {
  isPackaged = true;
  commandLine = {
    appendSwitch: (name: string, value = '') => {
      switches.set(name, value);
    },
    getSwitchValue: (name: string) => switches.get(name),
    hasSwitch: (name: string) => switches.has(name),
  };
  requestSingleInstanceLock = (data: unknown) => {
    said.push(['lock', data]);
    return instance.isFirst;
  };
  whenReady = () => ready;
  getPath = () => process.env.STAND_IN_USER_DATA ?? os.tmpdir();
  quit(): void {
    said.push(['quit']);
    for (const window of BrowserWindow.all.filter((one) => !one.isClosed)) if (!window.close()) return;
    const event = { prevented: false, preventDefault: () => (event.prevented = true) };
    this.emit('will-quit', event);
    if (!event.prevented) this.emit('quit');
  }
}
export const app = new App();

export class WebContents extends EventEmitter {
  reloads = 0;
  openHandler: ((details: { url: string }) => { action: string }) | undefined;
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler;
  }
  reload(): void {
    this.reloads++;
  }
}

export class BrowserWindow extends EventEmitter {
  static readonly all: BrowserWindow[] = [];
  readonly webContents = new WebContents();
  readonly addresses: string[] = [];
  readonly options: Record<string, unknown> & { webPreferences: Record<string, unknown> };
  maximised = false;
  minimised = false;
  isClosed = false;
  /** Whether its page has something to lose. */
  holds = false;
  bounds = { x: 10, y: 20, width: 1200, height: 800 };

  constructor(options: BrowserWindow['options']) {
    super();
    this.options = options;
    BrowserWindow.all.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }

  async loadURL(address: string): Promise<void> {
    this.addresses.push(address);
  }
  /** As a person closes it. @returns whether it is closed */
  close(): boolean {
    const event = { prevented: false, preventDefault: () => (event.prevented = true) };
    this.emit('close', event);
    // Here, to prevent is to overrule the page and to leave all the same.
    if (this.holds) this.webContents.emit('will-prevent-unload', event);
    if (this.holds && !event.prevented) return false;
    this.isClosed = true;
    this.emit('closed');
    return true;
  }
  show = () => said.push(['show']);
  focus = () => said.push(['focus']);
  maximize = () => (this.maximised = true);
  isMaximized = () => this.maximised;
  isMinimized = () => this.minimised;
  isDestroyed = () => this.isClosed;
  restore = () => (this.minimised = false);
  getNormalBounds = () => this.bounds;
}

type PermissionAnswer = (granted: boolean) => void;
class Session {
  request:
    | ((c: unknown, permission: string, answer: PermissionAnswer, details: { requestingUrl: string }) => void)
    | undefined;
  check: ((contents: unknown, permission: string, origin: string) => boolean) | undefined;
  device: (() => boolean) | undefined;
  before: ((details: { url: string }, answer: (answer: { cancel: boolean }) => void) => void) | undefined;
  setPermissionRequestHandler = (handler: Session['request']) => {
    this.request = handler;
  };
  setPermissionCheckHandler = (handler: Session['check']) => {
    this.check = handler;
  };
  setDevicePermissionHandler = (handler: Session['device']) => {
    this.device = handler;
  };
  webRequest = {
    onBeforeRequest: (handler: Session['before']) => {
      this.before = handler;
    },
  };
}
export const session = { defaultSession: new Session() };

export const protocol = {
  registerSchemesAsPrivileged: (list: typeof schemes) => schemes.push(...list),
  handle: (scheme: string, handler: Handler) => handlers.set(scheme, handler),
};
export const screen = { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] };
export const shell = {
  openPath: async (folder: string) => void said.push(['openPath', folder]),
};
export const dialog = {
  showOpenDialog: async (_window: unknown, options: object) => {
    said.push(['openDialog', options]);
    return dialogAnswer;
  },
  showMessageBoxSync: (_window: unknown, options: object) => {
    said.push(['question', options]);
    return questionAnswer.button;
  },
  showMessageBox: async (_window: unknown, options: object) => {
    said.push(['question', options]);
    return { response: questionAnswer.button };
  },
  showErrorBox: (title: string, text: string) => void said.push(['error', title, text]),
};

/** Utility processes that are running. */
export const utilities = new Set<UtilityProcess>();

/** A real process, spoken with as Electron does it. */
class UtilityProcess extends EventEmitter {
  readonly #child;
  constructor(program: string, args: string[]) {
    super();
    utilities.add(this);
    this.#child = fork(program, args, { execArgv: [], serialization: 'advanced', stdio: ['ignore', 2, 2, 'ipc'] });
    this.#child.on('message', (message) => this.emit('message', message));
    this.#child.on('exit', (code) => {
      utilities.delete(this);
      this.emit('exit', code ?? 1);
    });
  }
  postMessage = (message: object) => this.#child.send(message);
  kill = () => this.#child.kill();
}
export const utilityProcess = { fork: (program: string, args: string[]) => new UtilityProcess(program, args) };

export interface Item {
  label?: string;
  role?: string;
  accelerator?: string;
  submenu?: Item[];
  click?: () => void;
}
export const menu: { items: Item[] } = { items: [] };
export const Menu = {
  buildFromTemplate: (items: Item[]) => items,
  setApplicationMenu: (items: Item[]) => {
    menu.items = items;
  },
};
