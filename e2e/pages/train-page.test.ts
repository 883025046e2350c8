import { afterAll, expect, it } from 'vitest';
import { type OpenedApp, openApp } from '../app/open-app.ts';
import { beforeAllInBrowser, describeInBrowser } from '../describe-in-browser.ts';
import { addSampleRecording } from './sample-recording.ts';

describeInBrowser('the Train page', {}, (launched) => {
  let app: OpenedApp;
  beforeAllInBrowser(async () => {
    app = await openApp(launched());
  });
  afterAll(async () => app?.close());

  it('says what to do when there is nothing to learn from', async () => {
    await app.page.goto(`${app.host.origin}/#/train`);
    await app.page.getByRole('link', { name: 'Record a drive' }).waitFor();
    expect(await app.page.getByRole('button', { name: 'Start training' }).count()).toBe(0);
  });

  it('refuses a mistake in the network while it is typed, and starts when it is mended', async () => {
    const id = await addSampleRecording(app.client, 'A little of everything', 400);
    await app.page.goto(`${app.host.origin}/#/train?recordings=${id}`);
    const start = app.page.getByRole('button', { name: 'Start training' });
    await expect.poll(() => start.isEnabled()).toBe(true);
    await app.page.getByText('Edit the network').click();
    const editor = app.page.getByRole('textbox', { name: /as JSON/ });
    await editor.fill('{ "unitz": 8 }');
    await app.page.getByRole('alert').getByText('unitz').waitFor();
    expect(await start.isEnabled()).toBe(false);
    await app.picture('train-mistake');
    await editor.fill('{ "units": 8 }');
    await expect.poll(() => start.isEnabled()).toBe(true);
    // The layer table follows: an LSTM of 8 units has 4 gates of 8.
    await app.page.getByRole('cell', { name: /× 32$/ }).first().waitFor();
  });

  it('goes on answering while it trains', async () => {
    const { page } = app;
    await page.getByRole('spinbutton', { name: 'Steps an epoch' }).fill('20');
    await page.evaluate(() => {
      const tasks: number[] = [];
      Object.assign(globalThis, { tasks });
      new PerformanceObserver((list) => tasks.push(...list.getEntries().map((entry) => entry.duration))).observe({
        entryTypes: ['longtask'],
      });
    });
    await page.getByRole('button', { name: 'Start training' }).click();
    const epoch = page.locator('dt', { hasText: 'Epoch' }).locator('xpath=following-sibling::dd[1]');
    await expect
      .poll(async () => Number.parseInt(await epoch.innerText(), 10), { timeout: 110_000 })
      .toBeGreaterThan(3);
    const tasks = await page.evaluate(() => (globalThis as unknown as { tasks: number[] }).tasks);
    // A figure for people: on a busy machine it says little about the page.
    const longest = Math.max(0, ...tasks).toFixed(0);
    console.info(`training: ${tasks.length} tasks of the page over 50 ms, the longest ${longest} ms`);
    await app.picture('train-running');
    await page.getByRole('button', { name: 'Stop and keep' }).click();
    await page.getByRole('link', { name: 'Let it drive' }).first().waitFor();
    expect((await app.client.metrics((await app.client.runs())[0]!.id)).length).toBeGreaterThan(3);
  });
});
