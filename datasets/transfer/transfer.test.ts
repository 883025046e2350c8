import { beforeAll, describe, expect, it } from 'vitest';
import { codec } from '../../headless/machine/images/testing/grey-jpeg.ts';
import { registerWebCodecs } from '../../headless/machine/images/webcodecs.ts';
import { Refusal } from '../../sim/refusal.ts';
import { openAnyRecording } from '../formats/open.ts';
import { openRecording } from '../formats/wheelhouse/reader.ts';
import { createRecordingWriter } from '../formats/wheelhouse/writer.ts';
import type { Recording } from '../recording/recording.ts';
import { MemoryStorage } from '../storage/memory.ts';
import type { FileStorage } from '../storage/storage.ts';
import { Journal, UNFINISHED_FILE } from '../writing/unfinished.ts';
import { exportRecording } from './export.ts';
import { exporters } from './exporters.ts';
import { importRecording } from './import.ts';

const [udacity, tub, lerobot, mcap] = exporters;
const video = await registerWebCodecs();
const COUNT = 24;

/** A drive with three cameras at 20 Hz; the car is put back before sample 10, without a jump in time. */
async function drive(): Promise<MemoryStorage> {
  const storage = new MemoryStorage('drive');
  const size = { width: 24, height: 12 };
  const cameras = { centre: size, left: size, right: size };
  const writer = await createRecordingWriter(
    storage,
    { format: 'wheelhouse', name: 'drive', rate: 20, timeSource: 'recorded', cameras, conversions: [] },
    codec,
  );
  for (let i = 0; i < COUNT; i++) {
    const frame = (base: number) => ({ ...size, time: i / 20, pixels: new Uint8Array(24 * 12 * 3).fill(base + 5 * i) });
    await writer.append({
      time: i / 20,
      values: {
        steeringAngle: Math.sin(i),
        speed: 8 + i / 10,
        measuredSpeed: 7.5,
        torque: -i / 8,
        throttle: 0.25,
        x: i,
      },
      frames: { centre: frame(20), left: frame(40), right: frame(60) },
      gap: i === 10,
    });
  }
  await writer.close();
  return storage;
}

async function expectSamePictures(a: Recording, b: Recording): Promise<void> {
  for (const camera of Object.keys(a.cameras)) {
    for (const index of [0, 9, 10, COUNT - 1]) {
      // The pictures are carried over as they are stored.
      expect((await b.frame(index, camera)).pixels).toEqual((await a.frame(index, camera)).pixels);
    }
  }
}

function expectSameColumns(a: Recording, b: Recording, names: readonly string[]): void {
  for (const name of names) {
    expect(b.columns[name], name).toHaveLength(a.length);
    for (let i = 0; i < a.length; i++) expect(b.columns[name]![i]).toBeCloseTo(a.columns[name]![i]!, 9);
  }
}

describe('there and back', () => {
  let source: Recording;
  beforeAll(async () => {
    source = await openRecording(await drive(), codec);
  });

  it('goes own, Udacity, own', async () => {
    const log = new MemoryStorage('log');
    const result = await udacity!.export(source, log, codec, {});
    expect(result).toMatchObject({ samples: COUNT, skipped: [], complete: true });
    expect(result.lost).toEqual(expect.arrayContaining(['torque', 'x']));
    const text = new TextDecoder().decode(await log.read('driving_log.csv')).split('\n');
    expect(text[0]).toBe('center,left,right,steering,throttle,brake,speed');
    expect(text[1]).toMatch(
      /^IMG\/center_2000_01_01_00_00_00_000\.jpg,IMG\/left_2000_01_01_00_00_00_000\.jpg,IMG\/right_.*,0,0\.25,0,17\.895/,
    );
    const own = new MemoryStorage('own');
    await importRecording(await openAnyRecording(log, codec), own, codec);
    const back = await openRecording(own, codec);
    expect(back.metadata).toMatchObject({ format: 'udacity-simulator', importedFrom: { format: 'udacity-simulator' } });
    expectSameColumns(source, back, ['steeringAngle', 'speed', 'throttle']);
    expect(back.columns.torque).toBeUndefined();
    expect(back.segments).toEqual(source.segments);
    expect(back.columns.time[9]).toBe(0.45);
    await expectSamePictures(source, back);
  });

  it('goes own, tub, own', async () => {
    const there = new MemoryStorage('tub');
    expect(await tub!.export(source, there, codec, {})).toMatchObject({ samples: COUNT, lost: ['x'] });
    const lines = new TextDecoder().decode(await there.read('manifest.json')).split('\n');
    expect(lines).toHaveLength(6);
    expect(JSON.parse(lines[4]!)).toEqual({
      paths: ['catalog_0.catalog'],
      current_index: COUNT + 1,
      max_len: 1000,
      deleted_indexes: [10],
    });
    const catalog = new TextDecoder().decode(await there.read('catalog_0.catalog'));
    const manifest = JSON.parse(new TextDecoder().decode(await there.read('catalog_0.catalog_manifest')));
    expect(manifest.line_lengths.reduce((a: number, b: number) => a + b)).toBe(catalog.length);
    expect(Object.keys(JSON.parse(catalog.split('\n')[0]!)).slice(0, 4)).toEqual([
      '_index',
      '_session_id',
      '_timestamp_ms',
      'cam/image_array',
    ]);
    const own = new MemoryStorage('own');
    await importRecording(await openAnyRecording(there, codec), own, codec);
    const back = await openRecording(own, codec);
    expectSameColumns(source, back, ['time', 'steeringAngle', 'speed', 'measuredSpeed', 'torque', 'throttle']);
    expect(back.segments).toEqual(source.segments);
    expect(Object.keys(back.cameras)).toEqual(['centre', 'left', 'right']);
    await expectSamePictures(source, back);
  });

  it.skipIf(!video)('goes own, LeRobot, own (needs WebCodecs)', async () => {
    const there = new MemoryStorage('set');
    const result = await lerobot!.export(source, there, codec, { prepareVideo: registerWebCodecs });
    expect(result).toMatchObject({ samples: COUNT, lost: ['x'], complete: true });
    const info = JSON.parse(new TextDecoder().decode(await there.read('meta/info.json')));
    expect(info).toMatchObject({ codebase_version: 'v3.0', total_episodes: 2, total_frames: COUNT, fps: 20 });
    expect(info.features.action).toEqual({
      dtype: 'float32',
      shape: [4],
      names: ['steering_wheel_angle_rad', 'speed_mps', 'steering_torque_nm', 'throttle'],
    });
    const own = new MemoryStorage('own');
    await importRecording(await openAnyRecording(there, codec, { prepareVideo: registerWebCodecs }), own, codec);
    const back = await openRecording(own, codec);
    expectSameColumns(source, back, ['time']);
    for (const name of ['steeringAngle', 'speed', 'torque', 'measuredSpeed', 'throttle']) {
      for (let i = 0; i < COUNT; i++) expect(back.columns[name]![i]).toBe(Math.fround(source.columns[name]![i]!));
    }
    expect(back.segments).toEqual(source.segments);
    for (const camera of ['centre', 'left', 'right']) {
      for (let i = 0; i < COUNT; i++) {
        const [a, b] = [await source.frame(i, camera), await back.frame(i, camera)];
        // Plain frames; video and JPEG in a row are a few steps off.
        expect(Math.abs(a.pixels[300]! - b.pixels[300]!)).toBeLessThanOrEqual(6);
      }
    }
  });

  it('goes own, MCAP, own', async () => {
    const there = new MemoryStorage('log');
    expect(await mcap!.export(source, there, codec, {})).toMatchObject({ samples: COUNT, lost: [], complete: true });
    const own = new MemoryStorage('own');
    await importRecording(await openAnyRecording(there, codec), own, codec);
    const back = await openRecording(own, codec);
    expectSameColumns(source, back, ['time', 'steeringAngle', 'speed', 'torque', 'measuredSpeed', 'throttle', 'x']);
    expect(back.segments).toEqual(source.segments);
    expect(back.metadata.rate).toBe(20);
    await expectSamePictures(source, back);
  });

  it('cuts tubs into catalogs of 1000 records', async () => {
    const count = 1001;
    const bytes = (await source.cameras.centre!.encoded!(0)).bytes;
    const many: Recording = {
      ...source,
      length: count,
      columns: { time: Float64Array.from({ length: count }, (_, i) => i / 20), steeringAngle: new Float64Array(count) },
      segments: [{ start: 0, end: count }],
      cameras: {
        centre: {
          has: () => true,
          load: () => source.frame(0, 'centre'),
          encoded: async () => ({ type: 'jpeg', bytes }),
        },
      },
    };
    const there = new MemoryStorage('tub');
    await tub!.export(many, there, codec, {});
    expect(JSON.parse(new TextDecoder().decode(await there.read('catalog_1.catalog_manifest')))).toMatchObject({
      start_index: 1000,
      path: 'catalog_1.catalog_manifest',
    });
    expect((await openAnyRecording(there, codec)).segments).toEqual([{ start: 0, end: count }]);
  });

  it('refuses to invent a speed', async () => {
    const { speed, measuredSpeed, ...columns } = source.columns;
    const silent = { ...source, columns } as Recording;
    await expect(udacity!.export(silent, new MemoryStorage(), codec, {})).rejects.toThrow(/no speed/);
    const storage = new MemoryStorage();
    await udacity!.export(silent, storage, codec, { assumedSpeed: 4.4704 });
    expect(new TextDecoder().decode(await storage.read('driving_log.csv')).split('\n')[1]).toMatch(/,10$/);
  });
});

describe('import', () => {
  it('goes on where it was stopped, without a gap', async () => {
    const source = await openRecording(await drive(), codec);
    const target = new MemoryStorage('target');
    const stop = new AbortController();
    const first = await importRecording(source, target, codec, {
      signal: stop.signal,
      onProgress: ({ done }) => done === 7 && stop.abort(),
    });
    expect(first).toMatchObject({ samples: 7, complete: false });
    expect(await importRecording(source, target, codec)).toMatchObject({ samples: COUNT, complete: true });
    const back = await openRecording(target, codec);
    expect([...back.columns.time]).toEqual([...source.columns.time]);
    expect(back.segments).toEqual(source.segments);
    expect(await importRecording(source, target, codec)).toMatchObject({ samples: COUNT, complete: true });
    const other = { ...source, metadata: { ...source.metadata, name: 'other' } };
    await expect(importRecording(other, target, codec)).rejects.toMatchObject({ code: 'recording-exists' });
  });

  it('stops at the first broken picture and leaves nothing, or skips it', async () => {
    const storage = await drive();
    const log = new MemoryStorage('log');
    await udacity!.export(await openRecording(storage, codec), log, codec, {});
    const names = (await log.list('IMG')).filter(({ name }) => name.startsWith('left_'));
    await log.write(`IMG/${names[5]!.name}`, (await log.read(`IMG/${names[5]!.name}`)).slice(0, 100));
    const target = new MemoryStorage('target');
    await expect(importRecording(await openAnyRecording(log, codec), target, codec)).rejects.toThrow(names[5]!.name);
    expect(await target.list()).toEqual([]);
    const progress: number[] = [];
    const result = await importRecording(await openAnyRecording(log, codec), target, codec, {
      skipBad: true,
      onProgress: ({ done }) => progress.push(done),
    });
    expect(result.samples).toBe(COUNT - 1);
    expect(result.skipped).toEqual([expect.stringContaining(names[5]!.name)]);
    expect(progress.at(-1)).toBe(COUNT);
    expect((await openRecording(target, codec)).segments.map(({ start }) => start)).toEqual([0, 5, 9]);
  });
});

/** Paths and contents of all files. */
async function contents(storage: FileStorage, folder = ''): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const { name, kind } of await storage.list(folder)) {
    const path = folder === '' ? name : `${folder}/${name}`;
    if (kind === 'folder') Object.assign(files, await contents(storage, path));
    else files[path] = Buffer.from(await storage.read(path)).toString('latin1');
  }
  return files;
}

describe('export that is stopped', () => {
  /** The drive, with a count of what is decoded and one picture that is broken. */
  async function source(broken = -1): Promise<Recording & { decoded: number }> {
    const recording = await openRecording(await drive(), codec);
    const { centre, ...others } = recording.cameras;
    const counted = {
      ...recording,
      decoded: 0,
      cameras: {
        centre: {
          ...centre!,
          async load(index: number) {
            counted.decoded++;
            if (index === broken) throw new Refusal('bad-image', `picture ${index}`, 'broken', 'replace it');
            return centre!.load(index);
          },
        },
        ...others,
      },
    };
    return counted;
  }

  it.each(['udacity-simulator', 'donkeycar-tub'])('goes on with the pictures that are there: %s', async (format) => {
    const exporter = exporters.find(({ name }) => name === format)!;
    const options = { skipBad: true, assumedSpeed: 5 };
    const whole = new MemoryStorage('whole');
    const expected = await exportRecording(exporter, await source(3), whole, codec, options);
    expect(expected.skipped).toHaveLength(1);

    const target = new MemoryStorage('target');
    const stop = new AbortController();
    const onProgress = ({ done }: { done: number }) => done === 12 && stop.abort();
    const first = await exportRecording(exporter, await source(3), target, codec, {
      ...options,
      onProgress,
      signal: stop.signal,
    });
    expect(first).toMatchObject({ samples: 11, complete: false });
    await expect(openAnyRecording(target, codec)).rejects.toThrow(/target: .*stopped before its end; run the same/);
    await expect(
      exportRecording(exporter, await source(3), target, codec, { ...options, steeringRatio: 12 }),
    ).rejects.toMatchObject({ code: 'taken-folder' });

    // What the kill of a process that is writing leaves.
    await target.write('images/9.jpg.4711-12.tmp', 'half');
    const again = await source(3);
    const resumed: number[] = [];
    const second = await exportRecording(exporter, again, target, codec, {
      ...options,
      onResumed: (done) => resumed.push(done),
    });
    expect(second).toEqual(expected);
    expect(resumed).toEqual([12]);
    expect(again.decoded).toBe(COUNT - 12);
    expect(await contents(target)).toEqual(await contents(whole));
  });

  it('begins anew where a file cannot be gone on with, and leaves nothing when a person stopped it', async () => {
    const whole = new MemoryStorage('whole');
    await exportRecording(mcap!, await source(), whole, codec, {});
    const target = new MemoryStorage('target');
    const stop = new AbortController();
    const onProgress = ({ done }: { done: number }) => done === 12 && stop.abort();
    const first = await exportRecording(mcap!, await source(), target, codec, { onProgress, signal: stop.signal });
    expect(first).toMatchObject({ samples: 0, complete: false });
    expect(await target.list()).toEqual([]);
    // What a killed one leaves.
    const journal = await Journal.open(target, 'other', false);
    await journal.close();
    await expect(exportRecording(mcap!, await source(), target, codec, {})).rejects.toMatchObject({
      code: 'taken-folder',
    });
    await target.remove(UNFINISHED_FILE);
    await exportRecording(mcap!, await source(), target, codec, {});
    expect(await contents(target)).toEqual(await contents(whole));
  });

  it('leaves nothing behind at a bad sample, also when it went on with what was there', async () => {
    const target = new MemoryStorage('target');
    const stop = new AbortController();
    const onProgress = ({ done }: { done: number }) => done === 5 && stop.abort();
    await exportRecording(tub!, await source(), target, codec, { onProgress, signal: stop.signal });
    expect(await target.exists('images/4_cam_image_array_.jpg')).toBe(true);
    await expect(exportRecording(tub!, await source(9), target, codec, {})).rejects.toThrow(/picture 9: broken/);
    expect(await target.list()).toEqual([]);
  });

  it('takes a torn line of its journal for nothing', async () => {
    const target = new MemoryStorage('target', { [UNFINISHED_FILE]: 'about\nnull\n"why"\nnul' });
    const journal = await Journal.open(target, 'about', true);
    expect(journal.outcomes).toEqual([null, 'why']);
    await journal.add(null);
    await journal.close();
    expect(new TextDecoder().decode(await target.read(UNFINISHED_FILE))).toBe('about\nnull\n"why"\nnull\n');
  });
});

describe('an import that goes on', () => {
  it('lists all that was left out, also by the run before, and is no recording until its end', async () => {
    const log = new MemoryStorage('log');
    await udacity!.export(await openRecording(await drive(), codec), log, codec, {});
    const names = (await log.list('IMG')).filter(({ name }) => name.startsWith('left_'));
    for (const k of [2, 3, 15]) await log.write(`IMG/${names[k]!.name}`, new Uint8Array(10));
    const broken = () => openAnyRecording(log, codec);
    const whole = new MemoryStorage('whole');
    const expected = await importRecording(await broken(), whole, codec, { skipBad: true });
    expect(expected.skipped).toHaveLength(3);

    const target = new MemoryStorage('target');
    const stop = new AbortController();
    const onProgress = ({ done }: { done: number }) => done === 8 && stop.abort();
    await importRecording(await broken(), target, codec, { skipBad: true, signal: stop.signal, onProgress });
    await expect(openAnyRecording(target, codec)).rejects.toMatchObject({ code: 'unfinished' });
    expect(await importRecording(await broken(), target, codec, { skipBad: true })).toEqual(expected);
    expect(await contents(target)).toEqual(await contents(whole));
  });
});
