import type { ElectronApplication, Page } from 'playwright';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { APP_ORIGIN } from '../../electron/app-address.ts';
import { type LaunchedDesktopApp, launchDesktopApp, noDesktopApp } from './launch-desktop-app.ts';

describe('the desktop app', () => {
  let launched: LaunchedDesktopApp | undefined;
  let app: ElectronApplication;
  let page: Page;
  beforeAll(async () => {
    if (noDesktopApp !== undefined) return;
    launched = await launchDesktopApp();
    app = launched.electron;
    page = await app.firstWindow();
  }, 300_000);
  afterAll(async () => launched?.close());
  beforeEach(({ skip }) => skip(noDesktopApp !== undefined, noDesktopApp));

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
    expect(app.windows()).toHaveLength(1);
  });

  it('answers its pages by the same host', async () => {
    const status = await page.evaluate(async () => (await fetch('/api/status')).json());
    expect(status).toMatchObject({ product: 'wheelhouse', shell: 'electron', library: launched!.library });
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
