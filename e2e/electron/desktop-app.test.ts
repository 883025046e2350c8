import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { APP_ORIGIN } from '../../electron/app-address.ts';
import { findElectron } from '../../headless/doctor/find-electron.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const program = findElectron()?.program;
/** Why the desktop app cannot be tested here; undefined when it can. */
const reason = reasonAgainst();

function reasonAgainst(): string | undefined {
  if (process.env.WHEELHOUSE_NO_BROWSER) return '--no-browser';
  if (program === undefined) return 'Electron’s program is not here; npm start fetches it where it can be reached';
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    return 'no display for Electron’s window; xvfb-run gives it one';
  }
  return undefined;
}

describe('the desktop app', () => {
  let app: ElectronApplication | undefined;
  let page: Page;
  let folder: string;
  beforeAll(async () => {
    if (reason !== undefined) return;
    folder = await mkdtemp(path.join(os.tmpdir(), 'wheelhouse-electron-'));
    const tsx = path.join(ROOT, 'node_modules/tsx/dist/cli.mjs');
    await promisify(execFile)(process.execPath, [tsx, 'electron/start.ts', '--build'], { cwd: ROOT });
    app = await _electron.launch({
      executablePath: program!,
      // Chromium's sandbox does not start for root, as which containers run.
      args: [path.join(ROOT, 'dist/app'), ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
      env: { ...(process.env as Record<string, string>), WHEELHOUSE_LIBRARY: path.join(folder, 'library') },
    });
    page = await app.firstWindow();
  }, 300_000);
  afterAll(async () => {
    await app?.close();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });
  beforeEach(({ skip }) => skip(reason !== undefined, reason));

  it('opens on its own address with the pages that serve has', async () => {
    await page.getByRole('link', { name: /Watch the shipped model/ }).waitFor();
    expect(page.url().startsWith(APP_ORIGIN)).toBe(true);
    for (const name of ['Drive', 'Recordings', 'Train', 'Evaluate']) {
      await page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
      await expect.poll(() => page.title()).toMatch(name);
    }
  });

  it('gives pages neither Node nor a way out', async () => {
    const reach = await page.evaluate(() => ({
      node: typeof (globalThis as { process?: unknown }).process,
      require: typeof (globalThis as { require?: unknown }).require,
      isolated: globalThis.crossOriginIsolated,
    }));
    expect(reach).toEqual({ node: 'undefined', require: 'undefined', isolated: true });
    await page.evaluate(() => {
      location.href = 'file:///etc/passwd';
    });
    await page.evaluate(() => void window.open('https://example.com/'));
    expect(page.url().startsWith(APP_ORIGIN)).toBe(true);
    expect(app!.windows()).toHaveLength(1);
  });

  it('answers its pages by the same host', async () => {
    const status = await page.evaluate(async () => (await fetch('/api/status')).json());
    expect(status).toMatchObject({ product: 'wheelhouse', shell: 'electron', library: path.join(folder, 'library') });
  });

  it('evaluates in a process of its own', async () => {
    const started = await page.evaluate(async () => {
      const body = JSON.stringify({ kind: 'evaluate', model: 'expert', suite: 'smoke' });
      const headers = { 'content-type': 'application/json' };
      return (await fetch('/api/jobs', { method: 'POST', headers, body })).json();
    });
    const job = () => page.evaluate(async (id) => (await fetch(`/api/jobs/${id}`)).json(), started.id);
    await expect.poll(async () => (await job()).state, { timeout: 120_000 }).toBe('finished');
  });
});
