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
});
