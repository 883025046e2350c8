import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { runProgram, startProgram, WHEELHOUSE } from '../../headless/testing/run-program.ts';
import type { RunConfig } from '../../models/runs/run-config.ts';
import { openApp, type ServedApp } from '../app/open-app.ts';
import { beforeAllInBrowser, describeInBrowser } from '../describe-in-browser.ts';
import { addSampleRecording } from './sample-recording.ts';
import { PATIENCE, untilEpoch } from './training-run.ts';

const NETWORK = {
  layers: [
    { type: 'convolution', filters: 2, kernel: 3, stride: 2 },
    { type: 'flatten' },
    { type: 'dropout', rate: 0.1 },
    { type: 'dense', units: 6 },
    { type: 'lstm', units: 4 },
  ],
};

describeInBrowser('one run, in the app and at the command line', {}, (launched) => {
  let app: ServedApp;
  let folder: string;
  let recording: string;
  const at = (...parts: string[]) => path.join(folder, ...parts);
  const inLibrary = (...parts: string[]) => path.join(app.library, ...parts);
  beforeAllInBrowser(async () => {
    app = await openApp(launched());
    folder = await mkdtemp(path.join(os.tmpdir(), 'wheelhouse-one-run-'));
    recording = await addSampleRecording(app.client, 'To learn from', 400);
    await writeFile(at('network.json'), JSON.stringify(NETWORK));
  });
  afterAll(async () => {
    await app?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const modelOf = async (run: string) => {
    const { summary } = await app.client.run(run);
    const { model } = summary!;
    return 'id' in model! ? inLibrary('models', model.id) : model!.folder;
  };
  const bytesOf = async (run: string) => readFile(path.join(await modelOf(run), 'weights.bin'));
  const goOnHere = async (run: string) => {
    await app.open(`train/${run}`);
    await app.page.getByRole('button', { name: 'Go on from the last checkpoint' }).click();
    await app.page.getByRole('link', { name: 'Let it drive' }).first().waitFor({ timeout: PATIENCE });
  };
  const goOnThere = (run: string) => runProgram(WHEELHOUSE, ['train', '--resume', inLibrary('runs', run)]);
  /** The same training, from its beginning to its end in the app. */
  const runThrough = async (config: RunConfig) => {
    const { out: _, ...here } = config;
    const { id } = await app.client.createRun({ name: 'Without a stop', config: here });
    await goOnHere(id);
    return id;
  };

  it('begun in the app, goes on at the command line to the same weights as one that was left alone', async () => {
    const { page, client } = app;
    await app.open(`train?recordings=${recording}`);
    await page.getByText('Edit the network').click();
    await page.getByRole('textbox', { name: /Options of the network/ }).fill(JSON.stringify(NETWORK));
    await page.getByText('What it sees of a frame').click();
    await page.getByRole('spinbutton', { name: 'Width' }).fill('24');
    await page.getByRole('spinbutton', { name: 'Height' }).fill('12');
    await page.getByText('More options').click();
    await page.getByRole('combobox', { name: 'Compute on' }).selectOption('wasm');
    await page.getByRole('spinbutton', { name: 'Epochs' }).fill('60');
    await page.getByRole('spinbutton', { name: 'Early stopping' }).fill('0');
    await page.getByRole('button', { name: 'Start training' }).click();
    await untilEpoch(page, 2);
    await page.getByRole('button', { name: 'Pause' }).click();
    const { id } = (await client.runs())[0]!;
    // While a page has it, nobody else may.
    const refused = await goOnThere(id);
    expect(refused).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/trained by a window of the app, last heard/),
    });
    await page.getByRole('button', { name: 'Stop and keep' }).click();
    await page.getByRole('link', { name: 'Let it drive' }).first().waitFor({ timeout: PATIENCE });
    const stopped = await client.run(id);
    expect(stopped).toMatchObject({ status: 'stopped', checkpoint: true, summary: { stopped: 'aborted' } });
    expect(stopped.summary!.history.length).toBeLessThan(60);

    const resumed = await goOnThere(id);
    expect(resumed, resumed.stderr).toMatchObject({ code: 0 });
    const ended = await client.run(id);
    expect(ended).toMatchObject({ status: 'finished', held: null, summary: { model: stopped.summary!.model } });
    expect(ended.description).toMatchObject({
      environment: { runtime: expect.stringMatching(/^Chrome /), backend: 'wasm' },
      resumed: [{ runtime: expect.stringMatching(/^Node /), backend: 'wasm' }],
    });
    const through = await runThrough(ended.description.config);
    expect((await bytesOf(id)).equals(await bytesOf(through))).toBe(true);
    const epochs = async (run: string) =>
      (await client.metrics(run)).flatMap((line) => (line.kind === 'epoch' ? [[line.step, line.validationLoss]] : []));
    expect(await epochs(id)).toEqual(await epochs(through));
    expect((await epochs(id)).length).toBe(60);
    expect(app.faults).toEqual([]);
  });

  it('begun at the command line and killed, goes on in the app to the same weights', async () => {
    const { client } = app;
    const settings = ['--network', at('network.json'), '--size', '24x12', '--epochs', '80', '--patience', '0'];
    const { child, ended } = startProgram(WHEELHOUSE, [
      ...['train', inLibrary('recordings', recording), '--out', at('model'), '--run', inLibrary('runs', 'from-there')],
      ...[...settings, '--backend', 'wasm', '--set', 'stepsPerEpoch=4'],
    ]);
    const isKept = async () =>
      (await client.runs()).some(({ id }) => id === 'from-there') && (await client.run('from-there')).checkpoint;
    while (!(await isKept())) await wait(10);
    child.kill('SIGKILL');
    expect((await ended).signal).toBe('SIGKILL');
    expect(await client.run('from-there')).toMatchObject({
      status: 'running',
      held: { isGone: true, words: expect.stringMatching(/^process \d+ on /) },
      description: { config: { recordings: [{ id: recording }] } },
    });
    await app.open('train');
    await app.page.reload();
    await app.page.getByRole('link', { name: /model\s*interrupted/ }).waitFor();
    await goOnHere('from-there');
    const done = await client.run('from-there');
    expect(done.summary!.history).toHaveLength(80);
    const through = await runThrough(done.description.config);
    expect((await bytesOf('from-there')).equals(await bytesOf(through))).toBe(true);
    expect(app.faults).toEqual([]);
  });

  it('whose recordings are elsewhere is shown with its curves, and says how it can go on', async () => {
    const { client, page } = app;
    const { description } = await client.run('from-there');
    const config = { ...description.config, recordings: [{ folder: '/elsewhere/lost drive' }] };
    const { id } = await client.createRun({ name: 'Of lost drives', config });
    const metrics = await client.files('runs', 'from-there').read('metrics.jsonl');
    await client.files('runs', id).write('metrics.jsonl', metrics);
    await app.open(`train/${id}`);
    await page
      .getByText(/lost drive is not in the library; import it, or go on with: wheelhouse train --resume /)
      .waitFor();
    await page.getByRole('img', { name: /Training and validation loss/ }).waitFor();
    expect(await page.getByRole('button', { name: /Go on/ }).count()).toBe(0);
  });
});
