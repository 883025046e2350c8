import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { mcapExporter } from '../datasets/formats/mcap/writer.ts';
import { createSharpCodec } from '../headless/machine/images/sharp-codec.ts';
import { openRecordingFolder } from '../headless/machine/reading/open-recording.ts';
import { DiskStorage } from '../headless/machine/storage/disk.ts';
import { DEFAULT_MODEL_FOLDER } from '../headless/work/models/model-folder.ts';
import { createLibraryClient, hasEnded } from '../host-api/client.ts';
import { SOME_PLAN, someRunConfig } from '../models/runs/testing/run-config.ts';
import * as electron from './testing/electron-stand-in.ts';

const ORIGIN = 'app://wheelhouse';
let folder: string;

/** A request as a page in the window sends it, through the handler that the main process gave to Chromium. */
const fromPage = (request: Request) => electron.handlers.get('app')!(request);
const get = (address: string, headers: Record<string, string> = {}) => fromPage(new Request(address, { headers }));
const client = createLibraryClient(ORIGIN, fromPage);
/** Waits as long as a busy machine may take [ms]. */
const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 90_000, interval: 50 });
const theWindow = () => electron.BrowserWindow.all.at(-1)!;
const menuItems = () => electron.menu.items.flatMap((item) => item.submenu ?? []);
const menuItem = (label: string) => menuItems().find((item) => item.label === label)!;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'wheelhouse-electron-'));
  vi.stubEnv('WHEELHOUSE_LIBRARY', path.join(folder, 'library'));
  vi.stubEnv('STAND_IN_USER_DATA', folder);
  await cp(DEFAULT_MODEL_FOLDER, path.join(folder, 'net'), { recursive: true });
  process.argv = ['wheelhouse', '--no-sandbox', 'nowhere'];
  await import('./main.ts');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

describe('the main process', () => {
  it('prepares its scheme before Chromium starts: secure, standard, and no way round the policy', () => {
    expect(electron.schemes).toHaveLength(1);
    const [{ scheme, privileges } = { scheme: '', privileges: {} }] = electron.schemes;
    expect(scheme).toBe('app');
    expect(privileges).toMatchObject({ standard: true, secure: true, supportFetchAPI: true });
    expect(privileges.bypassCSP ?? false).toBe(false);
    expect(privileges.corsEnabled ?? false).toBe(false);
    expect(electron.handlers.size).toBe(0);
    expect(electron.app.commandLine.hasSwitch('enable-unsafe-webgpu')).toBe(process.platform === 'linux');
  });

  it('opens one window, shut off from Node', async () => {
    electron.startChromium();
    await until(() => expect(electron.BrowserWindow.all).toHaveLength(1));
    expect(theWindow().addresses).toEqual([`${ORIGIN}/`]);
    expect(theWindow().options.webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      webviewTag: false,
    });
    expect(theWindow().options.webPreferences).not.toHaveProperty('preload');
  });

  it('answers pages with the host, guards included', async () => {
    expect(await client.status()).toMatchObject({ shell: 'electron', library: path.join(folder, 'library') });
    const response = await get(`${ORIGIN}/api/status`);
    expect(response.headers.get('content-security-policy')).toMatch(/script-src 'self' 'wasm-unsafe-eval';/);
    expect(response.headers.get('cross-origin-embedder-policy')).toBe('require-corp');
    const { id } = await client.createRun({ name: 'From Electron', config: someRunConfig() });
    await client.files('runs', id).write('metrics.jsonl', `${JSON.stringify(SOME_PLAN)}\n`);
    expect(await client.metrics(id)).toEqual([SOME_PLAN]);
  });

  it('refuses what does not come from its own pages', async () => {
    expect((await get('app://elsewhere/api/status')).status).toBe(403);
    for (const origin of ['null', 'https://evil.example', 'app://elsewhere', 'file://']) {
      expect((await get(`${ORIGIN}/api/status`, { origin })).status, origin).toBe(403);
    }
    for (const target of ['..%2f..%2fetc%2fpasswd', '%2e%2e/%2e%2e/package.json', '..%5cpackage.json']) {
      const response = await get(`${ORIGIN}/${target}`);
      expect(response.status, target).toBe(404);
    }
  });

  it('stays on its pages: no other address, no new window, no embedded view', () => {
    const { webContents } = theWindow();
    const prevented = (event: string, ...args: unknown[]): boolean => {
      let isPrevented = false;
      webContents.emit(event, { preventDefault: () => (isPrevented = true) }, ...args);
      return isPrevented;
    };
    const foreign = [
      'https://evil.example/',
      'file:///etc/passwd',
      'app://elsewhere/',
      'app://wheelhouse@evil/',
      'javascript:1',
    ];
    for (const url of foreign) {
      expect(prevented('will-navigate', url), url).toBe(true);
      expect(prevented('will-redirect', url), url).toBe(true);
      expect(webContents.openHandler!({ url })).toEqual({ action: 'deny' });
    }
    expect(prevented('will-navigate', `${ORIGIN}/#/train`)).toBe(false);
    expect(prevented('will-attach-webview')).toBe(true);
  });

  it('cancels every request to the outside', () => {
    const cancelled = (url: string): boolean => {
      let cancel = false;
      electron.session.defaultSession.before!({ url }, (answer) => {
        cancel = answer.cancel;
      });
      return cancel;
    };
    for (const url of ['https://evil.example/x', 'http://127.0.0.1/', 'file:///etc/passwd', 'ws://evil.example/']) {
      expect(cancelled(url), url).toBe(true);
    }
    expect(cancelled(`${ORIGIN}/assets/main.js`)).toBe(false);
    expect(cancelled('blob:app://wheelhouse/1')).toBe(false);
  });

  it('denies permissions, but lets its own pages fill the screen', () => {
    const { request, check, device } = electron.session.defaultSession;
    const granted = (permission: string, requestingUrl: string): boolean => {
      let answer = false;
      request!(null, permission, (value) => (answer = value), { requestingUrl });
      expect(check!(null, permission, requestingUrl)).toBe(answer);
      return answer;
    };
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'clipboard-read',
      'openExternal',
      'fileSystem',
    ]) {
      expect(granted(permission, `${ORIGIN}/`), permission).toBe(false);
    }
    expect(granted('fullscreen', `${ORIGIN}/`)).toBe(true);
    expect(granted('fullscreen', 'https://evil.example/')).toBe(false);
    expect(device!()).toBe(false);
  });

  it('takes in a model that the system asks to open, and names what is none', async () => {
    electron.app.emit('open-file', { preventDefault: () => undefined }, path.join(folder, 'net'));
    await until(async () => expect((await client.models()).map((model) => model.id)).toContain('net'));
    await until(() => expect(theWindow().addresses.at(-1)).toBe(`${ORIGIN}/#/drive`));

    await writeFile(path.join(folder, 'net/weights.bin'), '');
    electron.app.emit('open-file', { preventDefault: () => undefined }, path.join(folder, 'net/model.json'));
    await until(() => expect(electron.said.find(([what]) => what === 'error')?.[2]).toMatch(/weights\.bin/));
    expect((await client.models()).filter((model) => !model.builtin)).toHaveLength(1);
  });

  it('takes in a recording from its menu', async () => {
    const camera = (name: string) => `IMG/${name}_2024_05_06_10_11_12_100.jpg`;
    const tape = path.join(folder, 'tape');
    await mkdir(path.join(tape, 'IMG'), { recursive: true });
    const frame = { width: 32, height: 16, time: 0, pixels: new Uint8Array(32 * 16 * 3) };
    const picture = await createSharpCodec().encode(frame, { type: 'jpeg', quality: 90 });
    const names = ['center', 'left', 'right'].map(camera);
    for (const name of names) await writeFile(path.join(tape, name), picture);
    await writeFile(path.join(tape, 'driving_log.csv'), `${names.join(',')},0,0,0,20\n`);
    Object.assign(electron.dialogAnswer, { canceled: false, filePaths: [tape] });

    electron.said.splice(0);
    menuItem('Open a recording or model…').click!();
    await until(async () => expect((await client.jobs()).some(hasEnded)).toBe(true));
    expect((await client.jobs()).at(-1)).toMatchObject({ kind: 'import', name: 'tape', state: 'finished' });
    expect((await client.recordings()).map((recording) => recording.name)).toEqual(['tape']);
    expect(theWindow().addresses.at(-1)).toBe(`${ORIGIN}/#/recordings`);
    expect(electron.said).toContainEqual([
      'openDialog',
      expect.objectContaining({ properties: ['openDirectory', 'multiSelections'] }),
    ]);
  });

  it('takes in a single file, and nothing of what lies beside it', async () => {
    // Were the folder looked at, this would be a model.
    const beside = path.join(folder, 'net');
    const tape = await openRecordingFolder(path.join(folder, 'tape'));
    await mcapExporter.export(tape, new DiskStorage(beside), createSharpCodec(), {});
    await tape.close();
    const [file] = (await readdir(beside)).filter((name) => name.endsWith('.mcap'));
    Object.assign(electron.dialogAnswer, { canceled: false, filePaths: [path.join(beside, file!)] });
    electron.said.splice(0);
    menuItem('Open a recording’s file…').click!();
    await until(async () => {
      expect((await client.jobs()).at(-1)).toMatchObject({
        name: path.parse(file!).name,
        error: null,
        state: 'finished',
      });
    });
    expect(electron.said).toContainEqual([
      'openDialog',
      expect.objectContaining({ properties: ['openFile', 'multiSelections'] }),
    ]);
  });

  it('does nothing when the person closes the dialog', async () => {
    const before = (await client.jobs()).length;
    Object.assign(electron.dialogAnswer, { canceled: true, filePaths: [] });
    menuItem('Open a recording or model…').click!();
    await new Promise((resolve) => setTimeout(resolve));
    expect(await client.jobs()).toHaveLength(before);
  });

  it('has every page in its menu, and the folder of the library', () => {
    const pages = { Home: '', Drive: 'drive', Recordings: 'recordings', Train: 'train', Evaluate: 'evaluate' };
    for (const [label, page] of Object.entries(pages)) {
      menuItem(label).click!();
      expect(theWindow().addresses.at(-1), label).toBe(`${ORIGIN}/#/${page}`);
    }
    menuItem('Show the library’s folder').click!();
    expect(electron.said.at(-1)).toEqual(['openPath', path.join(folder, 'library')]);
    const keys = menuItems().flatMap((item) => item.accelerator ?? []);
    expect(new Set(keys).size).toBe(keys.length);
    const roles = menuItems().map((item) => item.role);
    expect(roles).toEqual(expect.arrayContaining(['zoomIn', 'togglefullscreen']));
  });

  it('evaluates in a utility process, and outlives its death', async () => {
    const evaluate = () => client.startJob({ kind: 'evaluate', model: 'expert', suite: 'smoke' });
    // What read the recordings before has ended.
    await until(() => expect(electron.utilities.size).toBe(0));
    const { id: doomed } = await evaluate();
    await until(() => expect(electron.utilities.size).toBe(1));
    for (const child of electron.utilities) child.kill();
    await until(async () => expect((await client.job(doomed)).error?.code).toBe('process-died'));
    const { id } = await evaluate();
    await until(async () => expect(hasEnded(await client.job(id))).toBe(true));
    expect(await client.job(id)).toMatchObject({ state: 'finished', error: null });
    expect(electron.utilities.size).toBe(0);
  });

  it('shows its window when it is started a second time, and opens what that start was given', async () => {
    theWindow().minimised = true;
    electron.said.splice(0);
    // Its own arguments and folder are not to be trusted: Chromium mixes its switches in.
    const chromium = ['wheelhouse', '--some-switch', 'net'];
    electron.app.emit('second-instance', {}, chromium, '/elsewhere', { paths: [path.join(folder, 'missing')] });
    expect(theWindow().minimised).toBe(false);
    expect(electron.said.map(([what]) => what)).toContain('focus');
    await until(() => expect(electron.said.find(([what]) => what === 'error')?.[2]).toMatch(/missing/));
  });

  it('remembers where its window was', async () => {
    theWindow().maximised = true;
    theWindow().close();
    expect(JSON.parse(await readFile(path.join(folder, 'window.json'), 'utf8'))).toEqual({
      x: 10,
      y: 20,
      width: 1200,
      height: 800,
      maximised: true,
    });
    electron.app.emit('activate');
    expect(theWindow().options).toMatchObject({ x: 10, y: 20, width: 1200, height: 800 });
    expect(theWindow().maximised).toBe(true);
  });

  it('tells when its page has ended by itself, and opens it anew or closes the window', async () => {
    const window = theWindow();
    const end = async (reason: string, button: number) => {
      electron.questionAnswer.button = button;
      electron.said.splice(0);
      window.webContents.emit('render-process-gone', {}, { reason, exitCode: 5 });
      await new Promise((resolve) => setTimeout(resolve));
      return electron.said.map(([, options]) => (options as { message: string }).message);
    };
    expect(await end('oom', 0)).toEqual([expect.stringMatching(/ended by itself \(out of memory\); reload/)]);
    expect([window.webContents.reloads, window.isClosed]).toEqual([1, false]);
    expect(await end('clean-exit', 0)).toEqual([]);
    expect(await end('crashed', 1)).toEqual([expect.stringMatching(/\(crashed\)/)]);
    expect([window.webContents.reloads, window.isClosed]).toEqual([1, true]);
    electron.app.emit('activate');
  });

  it('asks before it closes a window in which something is under way', () => {
    theWindow().holds = true;
    electron.questionAnswer.button = 1;
    electron.said.splice(0);
    electron.app.quit();
    expect(electron.said).toContainEqual(['question', expect.objectContaining({ buttons: ['Close', 'Stay'] })]);
    expect(theWindow().isClosed).toBe(false);
  });

  it('answers on while the person stays, and closes the host before it ends', async () => {
    expect(await client.status()).toMatchObject({ shell: 'electron' });
    electron.questionAnswer.button = 0;
    const ended = new Promise((resolve) => electron.app.once('quit', resolve));
    electron.app.quit();
    await ended;
    expect(theWindow().isClosed).toBe(true);
  });
});
