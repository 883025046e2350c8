import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { expect, it } from 'vitest';
import type { OpenedApp } from '../app/opened-app.ts';
import { describeInApp } from '../describe-in-app.ts';
import { addSampleRecording } from './sample-recording.ts';

/** How long a page may take on a busy machine without a graphics card [ms]. */
const PATIENCE = 120_000;
/** Rules of WCAG 2.2 up to AA, and what axe holds for good practice. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const SIZES = [
  [1024, 700],
  [1366, 768],
  [1920, 1080],
  [3840, 2160],
] as const;
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describeInApp('every page', { width: 1280, height: 800 }, (whenOpened) => {
  let app: OpenedApp;
  /** Address of each page by its name. */
  const pages = { home: '', drive: 'drive', recordings: 'recordings', train: 'train', evaluate: 'evaluate' };
  const all: Record<string, string> = { ...pages };
  whenOpened(async (opened) => {
    app = opened;
    app.page.setDefaultTimeout(PATIENCE);
    all.player = `recordings/${await addSampleRecording(app.client, 'Side to side', 60)}`;
    const { id } = await app.client.startJob({ kind: 'evaluate', model: 'expert', suite: 'smoke' });
    for await (const job of app.client.watchJob(id)) if (job.results[0]) all.report = `evaluate/${job.results[0]}`;
  });

  async function show(address: string): Promise<void> {
    await app.open(address);
    await app.page.getByRole('main').waitFor();
    await app.page.getByText('Opening the page…').waitFor({ state: 'detached' });
    if (address.startsWith('evaluate/')) await app.page.getByRole('link', { name: 'Watch' }).first().waitFor();
    else if (address.startsWith('recordings/')) await app.page.getByRole('slider').waitFor();
    else if (address === 'drive') await app.page.getByRole('button', { name: 'Start', exact: true }).waitFor();
    else await app.page.getByRole('heading', { level: 1 }).waitFor();
  }

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`has no fault that axe knows of, ${colorScheme}`, { timeout: 4 * PATIENCE }, async () => {
      await app.page.emulateMedia({ colorScheme });
      const faults: string[] = [];
      for (const [name, address] of Object.entries(all)) {
        await show(address);
        await app.page.evaluate(axe);
        const results = (await app.page.evaluate(
          // The report is a page of its own, sandboxed; its frame is looked at, not its inside.
          (tags) =>
            (globalThis as unknown as { axe: typeof import('axe-core') }).axe.run(
              { exclude: ['iframe'] },
              { runOnly: tags },
            ),
          TAGS,
        )) as AxeResults;
        for (const { id, help, nodes } of results.violations) {
          faults.push(`${name}: ${id}: ${help}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`);
        }
      }
      expect(faults).toEqual([]);
    });
  }

  it('fits into every window from small to 4K', { timeout: 4 * PATIENCE }, async () => {
    await app.page.emulateMedia({ colorScheme: 'light' });
    for (const [width, height] of SIZES) {
      await app.page.setViewportSize({ width, height });
      for (const [name, address] of Object.entries(all)) {
        await show(address);
        const excess = () =>
          app.page.evaluate(() =>
            [document.documentElement, document.querySelector('main')!].map((one) => one.scrollWidth - one.clientWidth),
          );
        // What is still being laid out may stand out for a moment.
        await expect.poll(excess, { message: `${name} at ${width}x${height}`, timeout: 20_000 }).toEqual([0, 0]);
        await app.picture(`sizes-${name}-${width}`);
      }
    }
    await app.page.setViewportSize({ width: 1280, height: 800 });
  });

  it('is reached and used by keyboard alone, with the focus to be seen', { timeout: 2 * PATIENCE }, async () => {
    await show('');
    // Not where the tests before this one have been with mouse and focus: at the beginning.
    await app.page.reload();
    await show('');
    await app.page.locator('body').press('Tab');
    expect(await app.page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the page');
    for (const name of ['Home', 'Drive', 'Recordings', 'Train', 'Evaluate']) {
      await app.page.keyboard.press('Tab');
      const focused = await app.page.evaluate(() => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(document.activeElement!);
        const isSeen = (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
        return { text: document.activeElement!.textContent, isSeen };
      });
      expect(focused).toEqual({ text: name, isSeen: true });
    }
    await app.page.keyboard.press('Enter');
    await app.page.getByRole('heading', { level: 1, name: 'Evaluate' }).waitFor();
    const { page } = app;
    const box = page.getByRole('checkbox', { name: /^Expert/ });
    for (let i = 0; i < 30 && !(await box.evaluate((element) => element === document.activeElement)); i++) {
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Space');
    expect(await box.isChecked()).toBe(true);
    expect(await page.getByRole('button', { name: 'Evaluate', exact: true }).isEnabled()).toBe(true);
  });

  it('moves nothing for those who asked for less motion', { timeout: 2 * PATIENCE }, async () => {
    await app.page.emulateMedia({ reducedMotion: 'reduce' });
    for (const [name, address] of Object.entries(all)) {
      await show(address);
      const moving = await app.page.evaluate(() =>
        [...document.querySelectorAll('*')]
          .filter((element) => {
            const { animationName, animationDuration, transitionDuration } = getComputedStyle(element);
            const longest = Math.max(...transitionDuration.split(',').map(Number.parseFloat));
            return longest > 0.02 || (animationName !== 'none' && Number.parseFloat(animationDuration) > 0.02);
          })
          .map((element) => `${element.tagName}.${element.className}`),
      );
      expect(moving, name).toEqual([]);
    }
    await app.page.emulateMedia({ reducedMotion: null });
  });
});
