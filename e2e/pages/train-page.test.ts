import { expect, it } from 'vitest';
import type { LibraryClient } from '../../host-api/client.ts';
import { updateRun } from '../../models/runs/run-folder.ts';
import { SOME_PLAN, someRunConfig } from '../../models/runs/testing/run-config.ts';
import { examinationSchema } from '../../models/training/examination/examination.ts';
import type { OpenedApp } from '../app/opened-app.ts';
import { describeInApp } from '../describe-in-app.ts';
import { type MainThread, watchMainThread } from './main-thread.ts';
import { addSampleRecording } from './sample-recording.ts';
import { epochOf, PATIENCE, untilEpoch } from './training-run.ts';

/** A page whose tasks take longer than this is felt to stutter [ms]. */
const LONGEST_TASK = 100;

/** A run of the past with as many steps. @returns its id */
async function addLongRun(client: LibraryClient, name: string, steps: number): Promise<string> {
  const { id } = await client.createRun({ name, config: someRunConfig() });
  const lines = Array.from({ length: steps }, (_, i) => ({
    kind: 'step',
    epoch: 1,
    step: 10 * (i + 1),
    loss: Math.exp(-i / steps) + 0.1 * Math.sin(i),
  }));
  const files = client.files('runs', id);
  await files.write('metrics.jsonl', [SOME_PLAN, ...lines].map((line) => `${JSON.stringify(line)}\n`).join(''));
  await updateRun(files, { status: 'finished' });
  return id;
}

/** Figures for people; the clock's say little on a busy machine. */
function report(backend: string, { longest, busiest, tasks }: MainThread): void {
  const figures = `${busiest.toFixed(0)} ms of a processor, ${longest.toFixed(0)} ms by the clock`;
  console.info(`training on ${backend}: the page's longest of ${tasks} tasks took ${figures}`);
}

describeInApp('the Train page', {}, (whenOpened) => {
  let app: OpenedApp;
  let recording: string;
  whenOpened(async (opened) => {
    app = opened;
  });

  it('says what to do when there is nothing to learn from', async () => {
    await app.open('train');
    await app.page.getByRole('link', { name: 'Record a drive' }).waitFor();
    expect(await app.page.getByRole('button', { name: 'Start training' }).count()).toBe(0);
  });

  it('refuses a mistake in the network while it is typed, and starts when it is mended', async () => {
    recording = await addSampleRecording(app.client, 'A little of everything', 400);
    await app.open(`train?recordings=${recording}`);
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

  it('checks the network on the chosen recording before anybody waits for it', async () => {
    await app.page.getByRole('button', { name: 'Check the network' }).click();
    await app.page.getByText(/All \d+ gradients agree with finite differences/).waitFor({ timeout: PATIENCE });
    await app.page.getByText(/two windows by heart/).waitFor();
  });

  it('shows what a training makes of the pictures, the same for the same options', async () => {
    const { page } = app;
    const captions = () => page.locator('figcaption', { hasText: '°' }).allInnerTexts();
    const preview = async () => {
      await page.getByRole('button', { name: 'Preview' }).click();
      await page.getByRole('img', { name: 'Changed picture 12' }).waitFor();
      await page.getByText('Something was chosen anew').waitFor({ state: 'detached' });
      return captions();
    };
    const plain = await preview();
    expect(plain).toHaveLength(12);
    expect(plain.join()).not.toMatch(/ m further/);
    await page.getByText('More options').click();
    const shift = page.getByRole('slider', { name: 'Sideways shift' });
    await shift.fill('0.8');
    await page.getByText('Something was chosen anew').waitFor();
    const shifted = await preview();
    expect(shifted.filter((caption) => / m further (left|right)/.test(caption)).length).toBeGreaterThan(8);
    await page.getByRole('img', { name: 'Changed picture 12' }).scrollIntoViewIfNeeded();
    await app.picture('train-preview');
    await shift.fill('0');
    await page.getByText('Something was chosen anew').waitFor();
    expect(await preview()).toEqual(plain);
    await page.getByText('More options').click();
    expect(app.faults).toEqual([]);
  });

  it('goes on answering while it trains, with a curve of 100,000 points beside', async () => {
    const { page, client } = app;
    const beside = await addLongRun(client, 'A long run', 100_000);
    await page.getByRole('spinbutton', { name: 'Steps an epoch' }).fill('20');
    // It goes on until it is stopped, however little these pictures teach.
    await page.getByText('More options').click();
    await page.getByRole('spinbutton', { name: 'Epochs' }).fill('200');
    await page.getByRole('spinbutton', { name: 'Early stopping' }).fill('0');
    // A task that is too long is seen, by the time that it takes of a processor.
    const probe = await watchMainThread(page, () =>
      page.evaluate(() => {
        let sum = 0;
        for (let i = 0; i < 300_000_000; i++) sum += Math.sqrt(i);
        Object.assign(globalThis, { sum });
      }),
    );
    expect(probe.busiest).toBeGreaterThan(LONGEST_TASK);

    await page.getByRole('button', { name: 'Start training' }).click();
    const watched = await watchMainThread(page, async () => {
      await untilEpoch(page, 1);
      await page.getByRole('checkbox', { name: 'Lay A long run over the curves' }).check();
      await page.getByText('A long run: training').waitFor();
      await untilEpoch(page, (await epochOf(page)) + 4);
    });
    report('wasm', watched);
    expect(watched.tasks).toBeGreaterThan(100);
    expect(watched.busiest).toBeLessThan(LONGEST_TASK);
    await app.page.getByText(/A little of everything: Camera centre: .* black or blank/).waitFor();
    await app.picture('train-running');
    await page.getByRole('button', { name: 'Stop and keep' }).click();
    await page.getByRole('link', { name: 'Let it drive' }).first().waitFor();
    expect(await client.metrics(beside)).toHaveLength(100_001);
  });

  it('shows a run of the past as it was: histograms, filters, activations, the clip, and the diagnosis', async () => {
    const { page, client } = app;
    const run = (await client.runs()).find(({ name }) => name !== 'A long run')!;
    await app.open('train');
    await page.reload();
    await app.open(`train/${run.id}`);
    await page.getByRole('img', { name: 'How the gradients of lstm are spread over time' }).waitFor();
    await page.getByRole('img', { name: /filters of convolution-1/ }).waitFor();
    await page.getByRole('combobox', { name: 'Layer' }).selectOption('lstm');
    await page.getByRole('img', { name: 'maps of lstm' }).waitFor();
    await page.getByRole('img', { name: /Predicted and true steering-wheel angle/ }).waitFor();
    await page.getByRole('heading', { name: 'Steering on the end that was held back' }).waitFor();
    // What was told while it ran, and the pictures are no empty canvases.
    const colours = await page
      .getByRole('img', { name: 'How the outputs of lstm are spread over time' })
      .evaluate((canvas: HTMLCanvasElement) => {
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
        return new Set(Array.from({ length: data.length / 4 }, (_, i) => data[4 * i + 1])).size;
      });
    expect(colours).toBeGreaterThan(5);
    const lines = await client.metrics(run.id);
    const epochs = lines.filter((line) => line.kind === 'epoch');
    expect(lines.filter(({ kind }) => kind === 'examination')).toHaveLength(epochs.length);
    // No epoch leaves a tensor behind.
    expect(new Set(epochs.map(({ tensors }) => tensors)).size).toBe(1);
    await app.picture('train-past');
    expect(app.faults).toEqual([]);
  });

  it('goes on answering while the graphics device trains', async () => {
    const { page } = app;
    await app.open(`train?recordings=${recording}`);
    await page.getByText('Edit the network').click();
    const layers = [{ type: 'flatten' }, { type: 'dense', units: 8 }];
    await page.getByRole('textbox', { name: /Options of the network/ }).fill(JSON.stringify({ layers }));
    await page.getByText('What it sees of a frame').click();
    await page.getByRole('spinbutton', { name: 'Width' }).fill('32');
    await page.getByRole('spinbutton', { name: 'Height' }).fill('16');
    await page.getByText('More options').click();
    await page.getByRole('combobox', { name: 'Compute on' }).selectOption('webgpu');
    await page.getByRole('spinbutton', { name: 'Steps an epoch' }).fill('4');
    await page.getByRole('button', { name: 'Start training' }).click();
    await untilEpoch(page, 1);
    const from = await epochOf(page);
    const watched = await watchMainThread(page, () => untilEpoch(page, from + 3));
    report('webgpu', watched);
    expect(watched.busiest).toBeLessThan(LONGEST_TASK);
    await page
      .getByRole('img', { name: /How the gradients of .* are spread over time/ })
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Stop and keep' }).click();
    await page.getByRole('link', { name: 'Let it drive' }).first().waitFor({ timeout: PATIENCE });
    // The device has counted every number: a dense layer on 32 × 16 colours has 8 weights for each of them.
    const { id } = (await app.client.runs()).find(({ name }) => name.startsWith('layers'))!;
    const examination = examinationSchema.parse(
      (await app.client.metrics(id)).find(({ kind }) => kind === 'examination'),
    );
    const counted = examination.variables.map(({ histogram }) => histogram.reduce((sum, count) => sum + count, 0));
    expect(counted[0]).toBe(32 * 16 * 3 * 8);
    expect(app.faults).toEqual([]);
  });
});
