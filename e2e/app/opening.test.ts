import { afterEach, expect, it } from 'vitest';
import { describeInApp } from '../describe-in-app.ts';
import type { OpenedApp } from './opened-app.ts';

const PAGES = ['home', 'drive', 'recordings', 'train', 'evaluate'];

describeInApp('the app', {}, (whenOpened) => {
  let app: OpenedApp;
  whenOpened(async (opened) => {
    app = opened;
  });
  afterEach(() => {
    const faults = [...(app?.faults ?? []), ...(app?.hostFaults ?? [])];
    app?.faults.splice(0);
    app?.hostFaults.splice(0);
    expect(faults).toEqual([]);
  });

  it('opens at the printed address, and the token is gone from it', async () => {
    await app.page.getByRole('navigation').waitFor();
    expect(new URL(app.page.url()).search).toBe('');
    expect(await app.page.title()).toMatch(/Wheelhouse/);
  });

  it('is cross-origin isolated, so that WebAssembly has threads', async () => {
    expect(await app.page.evaluate(() => globalThis.crossOriginIsolated)).toBe(true);
    const memory = await app.page.evaluate(
      () => new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }).buffer.constructor.name,
    );
    expect(memory).toBe('SharedArrayBuffer');
  });

  it('shows every page, light and dark, from small to large', async () => {
    const sizes = [
      ['small-light', 1024, 700, 'light'],
      ['large-dark', 1920, 1080, 'dark'],
    ] as const;
    for (const [name, width, height, colorScheme] of sizes) {
      await app.page.setViewportSize({ width, height });
      await app.page.emulateMedia({ colorScheme });
      for (const page of PAGES) {
        await app.open(page === 'home' ? '' : page);
        await app.page.getByRole('main').waitFor();
        await app.page.getByText('Opening the page…').waitFor({ state: 'detached' });
        // Roads and pictures appear shortly after the page.
        await app.page.waitForLoadState('networkidle');
        if (page === 'drive') {
          const start = app.page.getByRole('button', { name: 'Start', exact: true });
          await expect
            .poll(async () => (await start.count()) === 1 && start.isEnabled(), { timeout: 60_000 })
            .toBe(true);
        }
        await app.picture(`${page}-${name}`);
        const overflow = await app.page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(overflow, `${page} at ${width}x${height} is wider than its window`).toBeLessThanOrEqual(0);
      }
    }
  });
});
