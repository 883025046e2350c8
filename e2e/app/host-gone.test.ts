import { afterAll, expect, it } from 'vitest';
import { beforeAllInBrowser, describeInBrowser } from '../describe-in-browser.ts';
import { addSampleRecording } from '../pages/sample-recording.ts';
import { openApp, type ServedApp } from './open-app.ts';

const PATIENCE = 60_000;

describeInBrowser('the app whose host goes away', {}, (launched) => {
  let app: ServedApp;
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

  it('loses nothing of a training that is under way, without a reload', async () => {
    const { page } = app;
    const recording = await addSampleRecording(app.client, 'To learn from', 400);
    await page.goto(`${app.host.origin}/#/train?recordings=${recording}`);
    await page.getByRole('spinbutton', { name: 'Epochs' }).fill('1000');
    await page.getByRole('spinbutton', { name: 'Steps an epoch' }).fill('3');
    await page.getByText('More options').click();
    await page.getByRole('spinbutton', { name: 'Early stopping' }).fill('0');
    await page.getByRole('button', { name: 'Start training' }).click();
    const epochs = async () => (await app.client.metrics(run!.id)).filter(({ kind }) => kind === 'epoch').length;
    await page.getByRole('button', { name: 'Stop and keep' }).waitFor();
    const [run] = await app.client.runs();
    await expect.poll(epochs, { timeout: PATIENCE }).toBeGreaterThan(1);
    await app.restartHost();
    await page.getByText('The training goes on here').waitFor({ timeout: PATIENCE });
    await app.picture('host-gone-training');

    const second = await app.context.newPage();
    await second.goto(app.host.entrance);
    await second.getByRole('navigation').waitFor();
    await second.close();
    await page.getByText('The training goes on here').waitFor({ state: 'detached', timeout: PATIENCE });
    const before = await epochs();
    await expect.poll(epochs, { timeout: PATIENCE }).toBeGreaterThan(before + 1);
    await page.getByRole('button', { name: 'Stop and keep' }).click();
    await page.getByRole('link', { name: 'Let it drive' }).first().waitFor({ timeout: PATIENCE });
    // Every epoch was told once, those that nobody could hear at first among them.
    const told = (await app.client.metrics(run!.id)).flatMap((line) => (line.kind === 'epoch' ? line.epoch : []));
    expect(told).toEqual(told.map((_, i) => i + 1));
    expect((await app.client.run(run!.id)).status).toBe('stopped');
    expect(app.hostFaults).toEqual([]);
  });
});
