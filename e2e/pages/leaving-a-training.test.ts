import { afterAll, expect, it } from 'vitest';
import { openApp, type ServedApp } from '../app/open-app.ts';
import { beforeAllInBrowser, describeInBrowser } from '../describe-in-browser.ts';
import { addSampleRecording } from './sample-recording.ts';
import { untilEpoch } from './training-run.ts';

// A browser asks by itself; Electron leaves it to the main process, whose tests are beside it.
describeInBrowser('the browser', {}, (launched) => {
  let app: ServedApp;
  beforeAllInBrowser(async () => {
    app = await openApp(launched());
  });
  afterAll(async () => app?.close());

  it('asks before a window is closed in which a network is trained, and not afterwards', async () => {
    const { page } = app;
    const recording = await addSampleRecording(app.client, 'To learn from', 400);
    const asked: string[] = [];
    page.on('dialog', (dialog) => {
      asked.push(dialog.type());
      void dialog.accept();
    });
    await app.open(`train?recordings=${recording}`);
    await page.getByRole('button', { name: 'Start training' }).click();
    await untilEpoch(page, 1);
    await page.reload();
    expect(asked).toEqual(['beforeunload']);
    await page.getByRole('button', { name: 'Stop and keep' }).click();
    await page.getByRole('link', { name: 'Let it drive' }).first().waitFor();
    await page.reload();
    await page.getByRole('link', { name: 'Let it drive' }).first().waitFor();
    expect(asked).toEqual(['beforeunload']);
  });
});
