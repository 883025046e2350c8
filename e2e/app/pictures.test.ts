import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { hasEnded } from '../../host-api/client.ts';
import { describeInApp } from '../describe-in-app.ts';
import type { OpenedApp } from './opened-app.ts';

/** How long one step may take on a slow machine without a graphics card [ms]. */
const PATIENCE = 240_000;
/** What is recorded to train on [s]. */
const RECORDED = 10;
/** Where the README finds its pictures; they are drawn anew only on demand, so that tests leave the tree as it is. */
const DOCUMENTATION = path.resolve(import.meta.dirname, '../../docs/pictures');
const isWanted = process.env.WHEELHOUSE_PICTURES === '1';

describeInApp('a picture of each page', { width: 1280, height: 800 }, (whenOpened) => {
  let app: OpenedApp;
  whenOpened(async (opened) => {
    app = opened;
    app.page.setDefaultTimeout(PATIENCE);
  });

  const button = (name: string) => app.page.getByRole('button', { name, exact: true });
  const open = (address: string) => app.open(address);
  const until = (what: string, value: () => Promise<number>, least: number) =>
    expect.poll(value, { message: what, timeout: PATIENCE, interval: 300 }).toBeGreaterThanOrEqual(least);
  const figure = async (name: string) => {
    const term = app.page.locator('dt', { hasText: name }).first();
    if ((await term.count()) === 0) return 0;
    return Number.parseFloat(await term.locator('xpath=following-sibling::dd[1]').innerText()) || 0;
  };

  async function picture(name: string): Promise<void> {
    const news = app.page.getByRole('button', { name: 'Close this message' });
    while ((await news.count()) > 0)
      await news
        .first()
        .click({ timeout: 1000 })
        .catch(() => undefined);
    const file = await app.picture(`app-${name}`);
    if (!isWanted) return;
    await mkdir(DOCUMENTATION, { recursive: true });
    await sharp(file)
      .png({ palette: true, quality: 90, effort: 10, compressionLevel: 9 })
      .toFile(path.join(DOCUMENTATION, `app-${name}.png`));
  }

  it('Drive: the shipped model at the wheel', { timeout: 2 * PATIENCE }, async () => {
    await open('drive?driver=model:default&go=1');
    await until('it has driven', () => figure('Time'), 4);
    await picture('drive');
  });

  it('Recordings: one of the expert', { timeout: 2 * PATIENCE }, async () => {
    await open('drive?driver=expert');
    await button('Record').click();
    const seconds = app.page.getByRole('toolbar', { name: 'Drive' }).getByRole('status');
    await until('it is recorded', async () => Number.parseFloat(await seconds.innerText()), RECORDED);
    await button('Stop recording').click();
    await app.page.getByText(/It is in Recordings/).waitFor();
    await open('recordings');
    const thumbnail = app.page.locator('main img').first();
    await until('the thumbnail is there', () => thumbnail.evaluate((img: HTMLImageElement) => img.naturalWidth), 1);
    await picture('recordings');
    await app.page.locator('main a:has(img)').first().click();
    await app.page.getByRole('slider', { name: 'Place in the recording' }).fill('100');
    await app.page.getByText(/^101 of /).waitFor();
    await picture('player');
  });

  it('Drive: that recording once more, on its road', { timeout: PATIENCE }, async () => {
    await app.page.getByRole('link', { name: 'Watch on the road' }).click();
    const shown = app.page.getByText(/^\d+\.\d of 1\d\.\d s$/);
    await until('it moves by itself', async () => Number.parseFloat(await shown.innerText()), 1);
    // On a busy machine it may be at its end before it is looked at; then there is nothing to pause.
    await button('Pause the replay')
      .click({ timeout: 2000 })
      .catch(() => undefined);
    await app.page.getByRole('slider', { name: 'Look back at the drive' }).fill('5');
    await until('it drives as recorded', () => figure('Time'), 5);
    await app.page.getByText('As it was driven').waitFor();
    // The car’s camera looks at the past, too.
    const inset = app.page.getByRole('img', { name: 'The newest frame of the car’s camera' });
    const colours = () =>
      inset.evaluate((canvas: HTMLCanvasElement) => {
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
        return new Set(data).size;
      });
    await until('it is seen', colours, 50);
    await until('it is somewhere', () => figure('Driven'), 0.01);
    await picture('replay');
  });

  it('Train: curves of a run', { timeout: 2 * PATIENCE }, async () => {
    const [recording] = await app.client.recordings();
    await open(`train?recordings=${recording!.id}`);
    await app.page.getByRole('spinbutton', { name: 'Steps an epoch' }).fill('10');
    await app.page.getByRole('textbox', { name: /Name of the run/ }).fill('First try');
    await button('Start training').click();
    await until('it has learned', () => figure('Epoch'), 6);
    await picture('train');
    const layers = app.page.locator('section', { hasText: /^Layers after epoch/ });
    await layers.evaluate((section) => section.scrollIntoView({ block: 'end' }));
    await picture('train-layers');
    await button('Stop and keep').click();
    await app.page.getByRole('link', { name: 'Let it drive' }).first().waitFor();
  });

  it('Evaluate: what the car sees meanwhile, and the report', { timeout: 2 * PATIENCE }, async () => {
    let { id } = await app.client.startJob({ kind: 'evaluate', model: 'default', suite: 'smoke' });
    await open('evaluate');
    await until('it drives', async () => (await app.client.job(id)).completed ?? 0, 0.1);
    await app.page.getByRole('img', { name: /What the car of/ }).waitFor();
    await picture('evaluating');
    if (!isWanted) {
      // The whole drive of a network takes minutes on a processor; the expert, who sees no pictures, is done in seconds.
      await button('Stop').click();
      await expect.poll(async () => (await app.client.job(id)).state, { timeout: PATIENCE }).toBe('cancelled');
      ({ id } = await app.client.startJob({ kind: 'evaluate', model: 'expert', suite: 'smoke' }));
    }
    await until('it is evaluated', async () => Number(hasEnded(await app.client.job(id))), 1);
    const { results, error } = await app.client.job(id);
    expect(error).toBeNull();
    await open(`evaluate/${results[0]}`);
    await app.page.frameLocator('iframe').locator('svg, canvas, img').first().waitFor();
    await picture('evaluate');
  });

  it('Home: the doors, and what there is by now', { timeout: PATIENCE }, async () => {
    await open('');
    await app.page.getByText('1 evaluation').waitFor();
    await picture('home');
    expect(app.faults).toEqual([]);
    expect(app.hostFaults).toEqual([]);
  });
});
