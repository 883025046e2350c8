import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import type { CDPSession } from 'playwright';
import { afterAll, expect, it } from 'vitest';
import { openRecording } from '../../datasets/formats/wheelhouse/reader.ts';
import { exporters } from '../../datasets/transfer/exporters.ts';
import { createSharpCodec } from '../../headless/machine/images/sharp-codec.ts';
import { registerWebCodecs } from '../../headless/machine/images/webcodecs.ts';
import { DiskStorage } from '../../headless/machine/storage/disk.ts';
import { DEFAULT_MODEL_FOLDER } from '../../headless/work/models/model-folder.ts';
import type { OpenedApp } from '../app/opened-app.ts';
import { describeInApp } from '../describe-in-app.ts';
import { addSampleRecording } from './sample-recording.ts';

const SAMPLES = 30;
const hasVideo = await registerWebCodecs();

describeInApp('what is dropped on the window', {}, (whenOpened) => {
  let app: OpenedApp;
  /** One for all drags: the end of a session ends what is left of its drag, and a page reads its files only afterwards. */
  let session: CDPSession;
  /** Holds the things that are dropped, each a folder or a file. */
  let shelf: string;
  whenOpened(async (opened) => {
    app = opened;
    session = await app.context.newCDPSession(app.page);
    shelf = await mkdtemp(path.join(os.tmpdir(), 'wheelhouse-drop-'));
    const id = await addSampleRecording(app.client, 'Source', SAMPLES);
    await cp(path.join(app.library, 'recordings', id), path.join(shelf, 'wheelhouse'), { recursive: true });
    await app.client.remove('recordings', id);
    const codec = createSharpCodec();
    for (const exporter of exporters) {
      if (exporter.name === 'lerobot' && !hasVideo) continue;
      const target = path.join(shelf, exporter.name);
      await mkdir(target);
      const source = await openRecording(new DiskStorage(path.join(shelf, 'wheelhouse')), codec);
      await exporter.export(source, new DiskStorage(target), codec, { prepareVideo: registerWebCodecs });
      await source.close();
    }
    await cp(DEFAULT_MODEL_FOLDER, path.join(shelf, 'my net'), { recursive: true });
  });
  afterAll(async () => {
    await app?.close();
    if (shelf !== undefined) await rm(shelf, { recursive: true, force: true });
  });

  /** Drags folders or files of this machine into the window, as a hand would. */
  async function drop(...files: string[]): Promise<void> {
    const at = { x: 600, y: 400, data: { items: [], files, dragOperationsMask: 1 } };
    await session.send('Input.dispatchDragEvent', { type: 'dragEnter', ...at });
    // A hand moves on until it sees where it is; a page that changes under it ends the first move.
    const target = app.page.getByText('Drop recordings or models here');
    await expect
      .poll(async () => {
        await session.send('Input.dispatchDragEvent', { type: 'dragOver', ...at });
        return target.isVisible();
      })
      .toBe(true);
    await session.send('Input.dispatchDragEvent', { type: 'drop', ...at });
  }
  const names = async () => (await app.client.recordings()).map(({ name }) => name).sort();

  it('a table of pictures whose columns nobody knows is asked about once', async () => {
    const frame = { width: 32, height: 16, time: 0, pixels: new Uint8Array(32 * 16 * 3).fill(80) };
    const picture = await createSharpCodec().encode(frame, { type: 'png' });
    const write = async (name: string, factor: number) => {
      const place = path.join(shelf, name);
      await mkdir(place);
      for (let i = 0; i < 4; i++) await writeFile(path.join(place, `${i}.png`), picture);
      const rows = Array.from({ length: 4 }, (_, i) => `${i}.png,${i / 10},${factor * i}`);
      await writeFile(path.join(place, 'labels.csv'), ['bild,zeit,lenkung', ...rows].join('\n'));
    };
    await write('Messfahrt', 1);
    await write('Messfahrt 2', 2);
    await app.open('evaluate');
    await app.page.getByRole('heading', { level: 1, name: 'Evaluate' }).waitFor();
    await drop(path.join(shelf, 'Messfahrt'));
    await app.page.getByText('What do the columns of labels.csv hold?').waitFor();
    // Its header and its first rows are shown.
    await app.page.getByRole('cell', { name: '3.png' }).waitFor();
    await app.picture('import-columns');
    const field = (role: string, name: string) =>
      app.page.getByRole('group', { name: role }).getByRole('combobox', { name });
    await field('Time', 'Column').selectOption('2');
    await field('Steering', 'Column').selectOption('3');
    await field('Steering', 'Unit').selectOption('deg');
    await field('Steering', 'Positive is').selectOption('right');
    await app.page.getByRole('button', { name: 'Import it so' }).click();
    await app.page.getByRole('heading', { level: 1, name: 'Messfahrt' }).waitFor();
    // The next one of that kind is read without a question.
    await app.open('evaluate');
    await app.page.getByRole('heading', { level: 1, name: 'Evaluate' }).waitFor();
    await drop(path.join(shelf, 'Messfahrt 2'));
    await app.page.getByRole('heading', { level: 1, name: 'Messfahrt 2' }).waitFor();
    const { id } = (await app.client.recordings()).find(({ name }) => name === 'Messfahrt 2')!;
    const recording = await openRecording(app.client.files('recordings', id), createSharpCodec());
    expect(recording.columns.steeringAngle![3]).toBeCloseTo((-6 * Math.PI) / 180, 9);
    for (const one of await app.client.recordings()) await app.client.remove('recordings', one.id);
  });

  for (const format of ['wheelhouse', ...exporters.map(({ name }) => name)]) {
    it(`a folder in the format ${format} is imported, on any page`, async ({ skip }) => {
      skip(format === 'lerobot' && !hasVideo, 'this machine has no WebCodecs');
      await app.open('evaluate');
      await app.page.getByRole('heading', { level: 1, name: 'Evaluate' }).waitFor();
      await drop(path.join(shelf, format));
      await expect.poll(names, { timeout: 60_000 }).toContain(format);
      await app.page.getByRole('heading', { level: 1, name: format }).waitFor();
      const { id } = (await app.client.recordings()).find(({ name }) => name === format)!;
      expect(await app.client.recording(id)).toMatchObject({ samples: SAMPLES, problem: null });
    });
  }

  it('single files that are a recording each are imported one by one', async () => {
    const [file] = (await readdir(path.join(shelf, 'mcap'))).filter((name) => name.endsWith('.mcap'));
    for (const name of ['morning.mcap', 'evening.mcap'])
      await cp(path.join(shelf, 'mcap', file!), path.join(shelf, name));
    await drop(path.join(shelf, 'morning.mcap'), path.join(shelf, 'evening.mcap'));
    await expect.poll(names, { timeout: 60_000 }).toEqual(expect.arrayContaining(['evening', 'morning']));
  });

  it('a zip archive is imported under its name', async () => {
    await app.open('');
    const writer = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false });
    const folder = path.join(shelf, 'udacity-simulator');
    for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
      if (!entry.isFile()) continue;
      const file = path.join(entry.parentPath ?? entry.path, entry.name);
      await writer.add(path.relative(folder, file), new Uint8ArrayReader(await readFile(file)));
    }
    await writeFile(path.join(shelf, 'two laps.zip'), await writer.close());
    await drop(path.join(shelf, 'two laps.zip'));
    await expect.poll(names, { timeout: 60_000 }).toContain('two laps');
  });

  it('a model is ready to drive', async () => {
    await drop(path.join(shelf, 'my net'));
    await expect.poll(() => app.page.url(), { timeout: 60_000 }).toMatch(/#\/drive\?driver=model(:|%3A)my-net$/);
    expect((await app.client.models()).find(({ id }) => id === 'my-net')).toMatchObject({
      name: 'my net',
      builtin: false,
    });
  });

  it('what is neither is refused in words, and the page stays', async () => {
    await app.open('recordings');
    // Until then the page of the drive may still stand there, and a drop on a page that goes is lost.
    await app.page.getByRole('heading', { level: 1, name: 'Recordings' }).waitFor();
    const before = await names();
    await drop(path.join(DEFAULT_MODEL_FOLDER, 'weights.bin'));
    await app.page.getByText(/known formats are/).waitFor();
    expect(await names()).toEqual(before);
    expect(app.faults).toEqual([]);
  });
});
