import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRecordingWriter } from '../../../datasets/formats/wheelhouse/writer.ts';
import { createRecording, type Recording } from '../../../datasets/recording/recording.ts';
import { canLoad } from '../../../datasets/windows/loader/window-loader.ts';
import { splitByTimeBlock } from '../../../datasets/windows/split.ts';
import { createWindowSource, type WindowBatch, type WindowSource } from '../../../datasets/windows/window-source.ts';
import { createSharpCodec } from '../images/sharp-codec.ts';
import { openRecordingFolder } from '../reading/open-recording.ts';
import { DiskStorage } from '../storage/disk.ts';
import { startLoader } from './start-loader.ts';

const SAMPLES = 300;
const OPTIONS = { time: 4, stride: 1, inputSize: { width: 20, height: 10 }, labelShift: 0.02, rate: 15 };
let folder: string;
let parts: Recording[];

/** Random pictures, so that each frame is unlike all others; a gap and two dropped frames. */
async function write(place: string): Promise<void> {
  const size = { width: 32, height: 16 };
  const writer = await createRecordingWriter(
    new DiskStorage(place),
    { format: 'wheelhouse', name: 'd', rate: 20, timeSource: 'recorded', cameras: { centre: size }, conversions: [] },
    createSharpCodec(),
  );
  for (let i = 0; i < SAMPLES; i++) {
    const pixels = Uint8Array.from({ length: 32 * 16 * 3 }, (_, k) => (k * 13 + i * 29 + ((k * i) % 31) * 7) % 256);
    await writer.append({
      time: i / 20,
      values: { steeringAngle: Math.sin(i / 9), ...(i % 3 === 0 && { speed: i }) },
      frames: i === 60 || i === 200 ? {} : { centre: { ...size, time: i / 20, pixels } },
      gap: i === 100,
    });
  }
  await writer.close();
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'wheelhouse-loader-'));
  await write(path.join(folder, 'a'));
  await write(path.join(folder, 'b'));
  const recordings = await Promise.all(['a', 'b'].map((name) => openRecordingFolder(path.join(folder, name))));
  parts = splitByTimeBlock(recordings, { validationShare: 0.2, blockSeconds: 2, marginSeconds: 0.2 }).train;
});
afterAll(() => rm(folder, { recursive: true }));

/** Hashes of batches in an order that jumps about, several asked for at the same time. */
async function batchesOf(source: WindowSource): Promise<string[]> {
  const order = Array.from({ length: source.length }, (_, i) => (i * 37) % source.length);
  const loads: Promise<WindowBatch>[] = [];
  for (let from = 0; from < order.length; from += 7) loads.push(source.load(order.slice(from, from + 7)));
  return (await Promise.all(loads)).map(({ frames, targets, mask, speed, batch, time }) => {
    const hash = createHash('sha256');
    for (const array of [frames, targets, mask, speed]) hash.update(array);
    return `${batch} x ${time}: ${hash.digest('hex')}`;
  });
}

describe('a window loader', () => {
  it.each([1, 2, 3])(
    'gives with %d threads what is given without any, byte for byte in the same order',
    async (threads) => {
      const here = createWindowSource(parts, OPTIONS);
      const loader = startLoader({ threads });
      const there = await loader.open(parts, OPTIONS);
      expect(there.length).toBe(here.length);
      expect(there.length).toBeGreaterThan(64 * 2);
      expect(there.steering).toEqual(here.steering);
      expect(there.next).toEqual(here.next);
      expect(await batchesOf(there)).toEqual(await batchesOf(here));
      await loader.close();
    },
  );

  it('keeps what threads decoded for the next run, in a folder, and within the memory it is given', async () => {
    const cache = { folder: path.join(folder, 'cache'), limitBytes: 1e9 };
    const cacheBytes = 40 * 20 * 10 * 3;
    const first = startLoader({ threads: 2, cache });
    const filling = await first.open(parts, { ...OPTIONS, cacheBytes });
    const batches = await batchesOf(filling);
    expect(filling.statistics().decoded).toBeGreaterThan(0);
    expect(filling.statistics().cacheBytes).toBeLessThanOrEqual(cacheBytes);
    await first.close();
    expect((await readdir(cache.folder)).some((name) => name.endsWith('.bin'))).toBe(true);

    const second = startLoader({ threads: 1, cache });
    const warm = await second.open(parts, { ...OPTIONS, cacheBytes: 0 });
    expect(await batchesOf(warm)).toEqual(batches);
    expect(warm.statistics()).toMatchObject({ decoded: 0, cacheBytes: 0 });
    await second.close();
  });

  it('leaves out what was cut out when the recording was opened, whatever is cut out meanwhile', async () => {
    const place = path.join(folder, 'cut');
    await write(place);
    const cut = (cuts: object[]) => writeFile(path.join(place, 'edits.json'), JSON.stringify({ cuts }));
    await cut([{ start: 30, end: 50 }]);
    const recording = await openRecordingFolder(place);
    expect(recording.length).toBe(SAMPLES - 20);
    await cut([{ start: 0, end: 250 }]);
    const here = createWindowSource([recording], OPTIONS);
    const loader = startLoader();
    const there = await loader.open([recording], OPTIONS);
    expect(there.length).toBe(here.length);
    expect(await batchesOf(there)).toEqual(await batchesOf(here));
    await loader.close();
    await recording.close();
  });

  it('passes refusals on, and knows recordings that no thread can open', async () => {
    const loader = startLoader();
    await expect(loader.open(parts, { ...OPTIONS, camera: 'rear' })).rejects.toMatchObject({
      name: 'Refusal',
      code: 'no-camera',
      message: expect.stringMatching(/rear.*choose one of: centre$/),
    });
    const source = await loader.open(parts, OPTIONS);
    await expect(source.load([source.length])).rejects.toThrow(RangeError);
    await loader.close();
    const { metadata, columns, cameras } = parts[0]!;
    expect([canLoad(parts), canLoad([createRecording({ metadata, columns, cameras })])]).toEqual([true, false]);
  });
});
