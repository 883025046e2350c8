import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { describeInApp } from '../describe-in-app.ts';
import type { OpenedApp } from './opened-app.ts';

/** How long one step may take on a slow machine without a graphics card [ms]. */
const PATIENCE = 240_000;
/** What is recorded: enough for training, validation and the clip that is held back [s]. */
const RECORDED = 8;

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** A figure of the training run, e.g. `Epoch`. */
async function figure(page: Page, name: string): Promise<string> {
  return page
    .locator('dl > div', { has: page.locator('dt', { hasText: name }) })
    .locator('dd')
    .first()
    .innerText();
}

async function until(what: string, isTrue: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + PATIENCE;
  while (!(await isTrue())) {
    if (Date.now() > end) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

/** World time of the drive [s]. */
async function drivenSeconds(page: Page): Promise<number> {
  const text = await page
    .locator('dt', { hasText: 'Time' })
    .first()
    .locator('xpath=following-sibling::dd[1]')
    .innerText();
  return Number.parseFloat(text);
}

describeInApp('the guided path', { width: 1024, height: 700 }, (whenOpened) => {
  let app: OpenedApp;
  let page: Page;
  whenOpened(async (opened) => {
    app = opened;
    page = app.page;
    page.setDefaultTimeout(PATIENCE);
  });

  it('begins with the expert, whose drive is recorded', { timeout: 2 * PATIENCE }, async () => {
    await page.getByRole('link', { name: /Teach your own/ }).click();
    await page.getByRole('complementary', { name: 'Guide' }).waitFor();
    await button(page, 'Record').click();
    await until('enough is recorded', async () => {
      return (
        Number.parseFloat(
          (await page.getByRole('toolbar', { name: 'Drive' }).getByRole('status').innerText()) || '0',
        ) >= RECORDED
      );
    });
    await app.picture('guided-1-record');
    await button(page, 'Stop recording').click();
    await page.getByRole('link', { name: 'Go and train' }).waitFor();
    const [recording] = await app.client.recordings();
    const details = await app.client.recording(recording!.id);
    expect(details.problem).toBeNull();
    expect(details.samples).toBeGreaterThanOrEqual(RECORDED * 20);
    expect(details.metadata?.driver).toBe('expert');
  });

  it('trains on it, with curves that move', { timeout: 2 * PATIENCE }, async () => {
    await page.getByRole('link', { name: 'Go and train' }).click();
    await page.getByRole('spinbutton', { name: 'Steps an epoch' }).fill('20');
    await page.getByRole('textbox', { name: /Name of the run/ }).fill('First try');
    await button(page, 'Start training').click();
    await until('the second epoch is trained', async () => Number.parseInt(await figure(page, 'Epoch'), 10) >= 2);
    expect(Number(await figure(page, 'Validation loss'))).toBeGreaterThan(0);
    expect(await page.locator('.uplot canvas').count()).toBeGreaterThanOrEqual(2);
    await app.picture('guided-2-train');
    const [run] = await app.client.runs();
    expect(run).toMatchObject({ name: 'First try', status: 'running' });
    await until('the host has its metrics', async () => (await app.client.metrics(run!.id)).length > 0);
  });

  it('pauses, resumes and survives a reload', { timeout: 3 * PATIENCE }, async () => {
    await button(page, 'Pause').click();
    await button(page, 'Resume').waitFor();
    const [run] = await app.client.runs();
    await until('the host knows', async () => (await app.client.run(run!.id)).status === 'paused');
    const lines = (await app.client.metrics(run!.id)).length;
    await button(page, 'Resume').click();
    await until('training goes on', async () => (await app.client.metrics(run!.id)).length > lines);

    const before = Number.parseInt(await figure(page, 'Epoch'), 10);
    await page.reload();
    await until('a later epoch is trained', async () => {
      const isBack = (await page.locator('dt', { hasText: 'Epoch' }).count()) > 0;
      return isBack && Number.parseInt(await figure(page, 'Epoch'), 10) > before;
    });
    expect(await app.client.runs()).toHaveLength(1);
    await button(page, 'Stop and keep').click();
    await page.getByRole('link', { name: 'Let it drive' }).first().waitFor();
    await app.picture('guided-3-trained');
    expect((await app.client.models()).filter((model) => !model.builtin)).toHaveLength(1);
  });

  it('lets it drive and takes over: logged, and recorded to learn from', { timeout: 2 * PATIENCE }, async () => {
    await page.getByRole('link', { name: 'Let it drive' }).first().click();
    await button(page, 'Let this model drive').click();
    await until('it drives', async () => (await drivenSeconds(page)) > 0.5);
    await button(page, 'Record').click();
    // Opening a recording takes a moment; what is driven before is not in it.
    await button(page, 'Stop recording').waitFor();
    await button(page, 'Take over').click();
    await page.getByText('You have the wheel').waitFor();
    await page.keyboard.down('ArrowLeft');
    const since = await drivenSeconds(page);
    await until('a person has driven', async () => (await drivenSeconds(page)) > since + 0.3);
    await page.keyboard.up('ArrowLeft');
    await app.picture('guided-4-take-over');
    await page.keyboard.press('g');
    const log = page.locator('ol', { hasText: 'You took over' });
    await log.getByText('You gave back').waitFor();
    await button(page, 'Stop recording').click();
    await page.getByRole('link', { name: 'Train again' }).waitFor();
    await app.picture('guided-5-give-back');
    // Only the correction is kept: what the model did by itself is nothing to learn from.
    expect(await app.client.recordings()).toHaveLength(2);
    const names = (await app.client.recordings()).map((one) => app.client.recording(one.id));
    const correction = (await Promise.all(names)).find((one) => one.metadata?.driver !== 'expert');
    expect(correction?.samples).toBeGreaterThan(0);
    const bytes = await app.client.files('recordings', correction!.id).read('incidents.json');
    const { incidents } = JSON.parse(new TextDecoder().decode(bytes)) as { incidents: { kind: string }[] };
    expect(incidents.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['taken', 'given']));
  });

  it('had no fault on the way', () => {
    expect(app.hostFaults).toEqual([]);
    expect(app.faults).toEqual([]);
  });
});
