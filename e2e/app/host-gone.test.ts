import { afterAll, expect, it } from 'vitest';
import { beforeAllInBrowser, describeInBrowser } from '../describe-in-browser.ts';
import { type OpenedApp, openApp } from './open-app.ts';

describeInBrowser('the app whose host goes away', {}, (launched) => {
  let app: OpenedApp;
  beforeAllInBrowser(async () => {
    app = await openApp(launched());
  });
  afterAll(async () => app?.close());

  it('says so, and goes on when the host is back and has let it in', async () => {
    const { page } = app;
    await page.goto(`${app.host.origin}/#/recordings`);
    await page.getByRole('main').waitFor();
    await app.client.createRecording({ name: 'Before the stop' });
    await app.restartHost();
    await page
      .getByText(/does not answer|no session|start it again|open the address/i)
      .first()
      .waitFor();
    await app.picture('host-gone');

    // The person opens the address that the new host printed, in another tab.
    const second = await app.context.newPage();
    await second.goto(app.host.entrance);
    await second.getByRole('navigation').waitFor();
    await second.close();
    await page.reload();
    await page.getByText('Before the stop').waitFor();
    expect(app.hostFaults).toEqual([]);
  });
});
