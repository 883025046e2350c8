import { describe, expect, it } from 'vitest';
import { createRecording, type Recording } from '../recording/recording.ts';
import { MemoryStorage } from '../storage/memory.ts';
import { createPackedCache } from './packed-cache.ts';
import { splitByTimeBlock } from './split.ts';
import { createWindowSource } from './window-source.ts';

/** A recording in memory whose frame i is plain grey `base + i`; counts what is decoded. */
function grey(options: {
  times: number[];
  breaks?: number[];
  dropped?: number[];
  base?: number;
  columns?: Record<string, number[]>;
}): Recording & { decoded: number } {
  const { times, breaks = [], dropped = [], base = 0, columns = {} } = options;
  const arrays = Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, Float64Array.from(values)]));
  const recording = {
    decoded: 0,
    ...createRecording({
      metadata: {
        format: 'test',
        name: 'grey',
        rate: 20,
        timeSource: 'recorded',
        cameras: { centre: { width: 8, height: 4 } },
        conversions: [],
      },
      columns: { ...arrays, time: Float64Array.from(times) },
      breaks,
      cameras: {
        centre: {
          has: (index) => !dropped.includes(index),
          async load(index) {
            recording.decoded++;
            return { width: 8, height: 4, time: times[index]!, pixels: new Uint8Array(96).fill(base + index) };
          },
        },
      },
    }),
  };
  return recording;
}

const ticks = (count: number, step = 0.05) => Array.from({ length: count }, (_, i) => i * step);
const inputSize = { width: 4, height: 2 };
const FRAME = 4 * 2 * 3;

/** Grey values of the frames of all windows. */
async function contents(source: ReturnType<typeof createWindowSource>): Promise<number[][]> {
  const { frames, batch, time } = await source.load(Array.from({ length: source.length }, (_, i) => i));
  expect(frames).toHaveLength(batch * time * FRAME);
  return Array.from({ length: batch }, (_, b) =>
    Array.from({ length: time }, (_, t) => frames[(b * time + t) * FRAME]!),
  );
}

describe('windows', () => {
  it('knows which window follows which, never across a gap', () => {
    const recording = grey({ times: ticks(10), breaks: [6] });
    const { next } = createWindowSource([recording], { time: 2, stride: 1, inputSize });
    // Windows begin at the samples 0 to 4 and 6 to 8.
    expect([...next!]).toEqual([2, 3, 4, -1, -1, 7, -1, -1]);
  });

  it('slides over the samples with the stride', async () => {
    const recording = grey({ times: ticks(7) });
    expect(await contents(createWindowSource([recording], { time: 3, stride: 2, inputSize }))).toEqual([
      [0, 1, 2],
      [2, 3, 4],
      [4, 5, 6],
    ]);
  });

  it('never crosses a break, a jump in time, a dropped frame or the end of a recording', async () => {
    const times = ticks(12);
    for (let i = 8; i < 12; i++) times[i]! += 1;
    const first = grey({ times, breaks: [3], dropped: [5] });
    const second = grey({ times: ticks(3), base: 100 });
    const windows = await contents(createWindowSource([first, second], { time: 2, inputSize }));
    expect(windows).toEqual([
      [0, 1],
      [1, 2],
      [3, 4],
      [6, 7],
      [8, 9],
      [9, 10],
      [10, 11],
      [100, 101],
      [101, 102],
    ]);
  });

  it('takes the nearest sample at another rate', async () => {
    const recording = grey({ times: [0, 0.04, 0.11, 0.16, 0.19, 0.26, 0.3] });
    // Ticks at 0, 0.1, 0.2 and 0.3 s.
    expect(await contents(createWindowSource([recording], { time: 4, rate: 10, inputSize }))).toEqual([[0, 2, 4, 6]]);
    expect(() => createWindowSource([recording], { time: 2, rate: 60, inputSize })).toThrow(/samples a second/);
  });

  it('gives targets, masks and speeds, and no label where there is none', async () => {
    const recording = grey({
      times: ticks(3),
      columns: { steeringAngle: [0.5, Number.NaN, -0.5], speed: [10, 11, 12], measuredSpeed: [9, Number.NaN, 11] },
    });
    const source = createWindowSource([recording], { time: 3, inputSize });
    const { targets, mask, speed } = await source.load([0]);
    expect([...targets]).toEqual([0.5, 10, 0, 0, 11, 0, -0.5, 12, 0]);
    expect([...mask]).toEqual([1, 1, 0, 0, 1, 0, 1, 1, 0]);
    expect([...speed]).toEqual([9, 0, 11]);
    expect([...source.steering]).toEqual([-0.5]);
  });

  it('shifts labels in time, within a segment only', async () => {
    const recording = grey({ times: ticks(4, 0.1), breaks: [3], columns: { steeringAngle: [0, 1, 2, 9] } });
    const later = await createWindowSource([recording], { time: 3, inputSize, labelShift: 0.05 }).load([0]);
    expect([0, 3, 6].map((i) => later.mask[i])).toEqual([1, 1, 0]);
    expect(later.targets[0]).toBeCloseTo(0.5, 6);
    expect(later.targets[3]).toBeCloseTo(1.5, 6);
    const earlier = await createWindowSource([recording], { time: 3, inputSize, labelShift: -0.15 }).load([0]);
    expect([0, 3, 6].map((i) => earlier.mask[i])).toEqual([0, 0, 1]);
    expect(earlier.targets[6]).toBeCloseTo(0.5, 6);
  });

  it('decodes each frame once while it fits, and stays within the limit when it does not', async () => {
    const recording = grey({ times: ticks(50) });
    const roomy = createWindowSource([recording], { time: 5, inputSize });
    await contents(roomy);
    await contents(roomy);
    expect(recording.decoded).toBe(50);
    const tight = createWindowSource([recording], { time: 5, inputSize, cacheBytes: 10 * FRAME });
    const windows = await contents(tight);
    for (let pass = 0; pass < 3; pass++) {
      for (let i = 0; i < tight.length; i += 7) {
        const { frames } = await tight.load([i]);
        expect(Array.from({ length: 5 }, (_, t) => frames[t * FRAME])).toEqual(windows[i]);
      }
    }
    expect(tight.statistics().cacheBytes).toBe(10 * FRAME);
    const none = createWindowSource([recording], { time: 5, inputSize, cacheBytes: 0 });
    expect(await contents(none)).toEqual(windows);
  });

  it('names the cameras there are when the wanted one is missing', () => {
    expect(() => createWindowSource([grey({ times: ticks(3) })], { time: 1, inputSize, camera: 'rear' })).toThrow(
      /rear.*choose one of: centre/,
    );
  });
});

describe('split by blocks of time', () => {
  it('keeps the parts apart and covers the drive', async () => {
    const recording = grey({ times: ticks(2000), breaks: [700] });
    const { train, validation, test } = splitByTimeBlock([recording], { validationShare: 0.2, testTail: 0.1 });
    const numbers = (parts: Recording[]) =>
      parts.flatMap((part) => [...part.columns.time].map((t) => Math.round(t * 20)));
    const [a, b, c] = [numbers(train), numbers(validation), numbers(test)];
    expect(c).toEqual(Array.from({ length: 200 }, (_, i) => 1800 + i));
    expect(b).toHaveLength(360);
    expect(validation).toHaveLength(2);
    // Margins of one second, 20 samples: on both sides of each block and before the tail.
    expect(a).toHaveLength(1800 - 360 - 5 * 20);
    for (const own of a) expect(Math.min(...[...b, ...c].map((other) => Math.abs(other - own)))).toBeGreaterThan(20);
    expect(train.flatMap((part) => part.segments)).toHaveLength(4);
  });

  it('reads the frames of the whole from a slice', async () => {
    const { test } = splitByTimeBlock([grey({ times: ticks(100) })], { validationShare: 0, testTail: 0.1 });
    expect(await contents(createWindowSource(test, { time: 10, inputSize }))).toEqual([
      [90, 91, 92, 93, 94, 95, 96, 97, 98, 99],
    ]);
  });
});

describe('packed cache', () => {
  it('gives another run the same frames without decoding, for wholes and slices alike', async () => {
    const files = new MemoryStorage('cache');
    const recording = grey({ times: ticks(40) });
    const first = createPackedCache(files);
    const { train, test } = splitByTimeBlock([recording], { validationShare: 0, testTail: 0.5, marginSeconds: 0 });
    const windows = [];
    for (const part of [train, test]) {
      windows.push(await contents(createWindowSource(part, { time: 4, inputSize, packedCache: first })));
    }
    await first.close();
    expect(recording.decoded).toBe(40);
    expect(await files.list()).toHaveLength(2);

    const second = createPackedCache(files);
    const source = createWindowSource([recording], { time: 4, inputSize, packedCache: second, cacheBytes: 0 });
    expect((await contents(source)).slice(0, 17)).toEqual(windows[0]);
    expect((await contents(source)).slice(20)).toEqual(windows[1]);
    expect(recording.decoded).toBe(40);
    expect(source.statistics()).toMatchObject({ decoded: 0, fromFiles: 80 });
    await second.close();
  });

  it('does not take frames of another crop, size or recording, nor half a frame', async () => {
    const files = new MemoryStorage('cache');
    const recording = grey({ times: ticks(8) });
    const fill = createPackedCache(files);
    await contents(createWindowSource([recording], { time: 2, inputSize, packedCache: fill }));
    await fill.close();
    const crop = { top: 0.5, bottom: 0, left: 0, right: 0 };
    const cases = [
      { of: recording, options: { time: 2, inputSize, crop } },
      { of: recording, options: { time: 2, inputSize: { width: 2, height: 2 } } },
      { of: grey({ times: ticks(8, 0.06), base: 50 }), options: { time: 2, inputSize } },
    ];
    for (const { of, options } of cases) {
      const cache = createPackedCache(files, { limitBytes: 0 });
      const before = of.decoded;
      await createWindowSource([of], { ...options, packedCache: cache }).load([0, 2, 4, 6]);
      expect(of.decoded - before).toBe(8);
      await cache.close();
    }
    const name = (await files.list()).find((entry) => entry.name.endsWith('.bin'))!.name;
    await files.write(name, (await files.read(name)).slice(0, 5 * FRAME + 1));
    const cache = createPackedCache(files);
    const source = createWindowSource([recording], { time: 2, inputSize, packedCache: cache });
    expect((await contents(source)).flat().slice(-2)).toEqual([6, 7]);
    expect(source.statistics()).toMatchObject({ decoded: 3, fromFiles: 5 });
    await cache.close();
  });
});
