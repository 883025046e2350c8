import { describe, expect, it } from 'vitest';
import { createSharpCodec } from '../../../headless/machine/images/sharp-codec.ts';
import { Refusal } from '../../../sim/refusal.ts';
import { MemoryStorage } from '../../storage/memory.ts';
import { openRecording } from './reader.ts';
import { type RecorderWarning, RecorderWatch } from './recorder-watch.ts';
import type { RecordingSample } from './recording-writer.ts';
import { createRecordingWriter, type RecordingWriterOptions } from './writer.ts';

const codec = createSharpCodec();
const size = { width: 16, height: 8 };
const cameras = { centre: size, left: size, right: size };
const RATE = 60;

/** A storage whose disk can be stopped, and be full. */
class StubbornStorage extends MemoryStorage {
  full = false;
  /** Resolves when the disk goes on. */
  stopped: Promise<void> | undefined;

  override async openAppend(path: string, options?: { truncateTo?: number }) {
    const handle = await super.openAppend(path, options);
    return {
      get size() {
        return handle.size;
      },
      append: async (bytes: Uint8Array) => {
        await this.stopped;
        if (this.full) throw new Refusal('disk-full', path, 'the disk is full', 'free some space');
        await handle.append(bytes);
      },
      sync: () => handle.sync(),
      close: () => handle.close(),
    };
  }
}

async function record(storage: MemoryStorage, options: RecordingWriterOptions) {
  const warnings: (RecorderWarning | null)[] = [];
  const writer = await createRecordingWriter(
    storage,
    { format: 'wheelhouse', name: 'drive', rate: RATE, timeSource: 'recorded', cameras, conversions: [] },
    codec,
    { encoding: 'raw', onWarning: (warning) => warnings.push(warning), ...options },
  );
  const sample = (i: number): RecordingSample => {
    const frame = { ...size, time: i / RATE, pixels: new Uint8Array(16 * 8 * 3).fill(i % 256) };
    return {
      time: i / RATE,
      values: { steeringAngle: i },
      frames: { centre: frame, left: frame, right: frame },
    };
  };
  return { writer, sample, warnings, codes: () => warnings.map((warning) => warning?.code ?? null) };
}

describe('a recorder on a slow disk', () => {
  it('never holds up a drive that must not stop: it loses samples, says so and marks the gap', async () => {
    const storage = new StubbornStorage();
    const { writer, sample, warnings, codes } = await record(storage, { maxPending: 20, whenFull: 'drop' });
    let resume = () => {};
    for (let i = 0; i < 5; i++) await writer.append(sample(i));
    await writer.flush();
    storage.stopped = new Promise((resolve) => {
      resume = resolve;
    });
    // Two seconds of a drive, while the disk takes nothing.
    for (let i = 5; i < 125; i++) await writer.append(sample(i));
    expect([writer.pending, writer.dropped]).toEqual([20, 100]);
    expect(codes()).toEqual(['slow', 'lost']);
    expect(warnings[1]!.message).toMatch(/1 sample was lost; record to a faster disk/);
    expect(writer.warning!.message).toMatch(/100 samples were lost/);
    resume();
    await writer.flush();
    expect(codes().at(-1)).toBe(null);
    for (let i = 125; i < 135; i++) await writer.append(sample(i));
    await writer.close();

    const recording = await openRecording(storage, codec);
    expect([...recording.columns.steeringAngle!]).toEqual([
      ...Array.from({ length: 25 }, (_, i) => i),
      ...Array.from({ length: 10 }, (_, i) => 125 + i),
    ]);
    expect(recording.segments).toEqual([
      { start: 0, end: 25 },
      { start: 25, end: 35 },
    ]);
    expect((await recording.frame(26, 'right')).pixels[0]).toBe(126);
  });

  it('lets a drive with a clock of its own wait, and loses nothing', async () => {
    const storage = new StubbornStorage();
    const { writer, sample, codes } = await record(storage, { maxPending: 4 });
    let resume = () => {};
    storage.stopped = new Promise((resolve) => {
      resume = resolve;
    });
    for (let i = 0; i < 3; i++) await writer.append(sample(i));
    let done = false;
    const fourth = writer.append(sample(3)).then(() => {
      done = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([done, writer.pending, codes()]).toEqual([false, 4, ['slow']]);
    resume();
    await fourth;
    await writer.close();
    expect((await openRecording(storage, codec)).length).toBe(4);
  });

  it('keeps what was written before the disk was full, and tells the next caller', async () => {
    const storage = new StubbornStorage();
    const { writer, sample } = await record(storage, {});
    for (let i = 0; i < 5; i++) await writer.append(sample(i));
    await writer.flush();
    storage.full = true;
    await writer.append(sample(5));
    await expect(writer.flush()).rejects.toMatchObject({ code: 'disk-full' });
    await expect(writer.append(sample(6))).rejects.toMatchObject({ code: 'disk-full' });
    await expect(writer.close()).rejects.toMatchObject({ code: 'disk-full' });
    expect((await openRecording(storage, codec)).length).toBe(5);
  });
});

describe('RecorderWatch', () => {
  const settled = () => new Promise((resolve) => setTimeout(resolve));

  it.each([
    // 10 MB in 10 s: 1 MB/s.
    [200e6, 'the disk has 200 MB left, for about 200 s more; free some space, or record to another disk'],
    [90.5e6, 'the disk has 90 MB left, for about 90 s more; free some space, or record to another disk'],
    [300e6, undefined],
  ])('judges %d free bytes', async (free, message) => {
    let now = 0;
    const watch = new RecorderWatch({ maxPending: 64, freeBytes: async () => free, now: () => now });
    now = 10_000;
    watch.written(10e6);
    await settled();
    expect(watch.warning?.message).toBe(message);
  });

  it('warns by the time that is left when much is written, and takes it back when there is room again', async () => {
    let now = 0;
    let free = 10e9;
    const seen: (string | null)[] = [];
    const watch = new RecorderWatch({
      maxPending: 64,
      freeBytes: async () => free,
      now: () => now,
      onWarning: (warning) => seen.push(warning?.code ?? null),
    });
    for (const left of [10e9, 5e9, 50e9]) {
      free = left;
      now += 10_000;
      // 100 MB/s
      watch.written(1e9);
      await settled();
    }
    expect(seen).toEqual(['little-space', null]);
  });

  it('asks for the free space now and then only, and lives without an answer', async () => {
    let asked = 0;
    let now = 0;
    const watch = new RecorderWatch({
      maxPending: 64,
      now: () => now,
      async freeBytes() {
        asked++;
        throw new Error('nobody knows');
      },
    });
    for (let i = 0; i < 600; i++) {
      now += 1000 / 60;
      watch.written(1000);
    }
    await settled();
    expect([asked, watch.warning]).toEqual([2, null]);
  });
});
