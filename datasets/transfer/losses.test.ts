import { describe, expect, it } from 'vitest';
import { codec, greyJpeg } from '../../headless/machine/images/testing/grey-jpeg.ts';
import { registerWebCodecs } from '../../headless/machine/images/webcodecs.ts';
import { openAnyRecording } from '../formats/open.ts';
import { createRecording, type EncodedFrame, type Recording } from '../recording/recording.ts';
import { MemoryStorage } from '../storage/memory.ts';
import type { ExportOptions } from '../writing/exporter.ts';
import { exportRecording } from './export.ts';
import { exporters } from './exporters.ts';
import { importRecording } from './import.ts';

const [udacity, tub, lerobot, mcap] = exporters;
const video = await registerWebCodecs();
const jpeg = await greyJpeg(90, 24, 12);
const pixels = Uint8Array.from({ length: 24 * 12 * 3 }, (_, i) => (37 * i) % 256);
const png = await codec.encode({ width: 24, height: 12, time: 0, pixels }, { type: 'png' });

/** A recording of samples that lie at these times [s], with these angles [rad]. */
function made(time: readonly number[], angles: readonly number[], pictures: readonly Uint8Array[] = [jpeg]): Recording {
  const stored = (index: number) => pictures[index % pictures.length]!;
  const column = (values: readonly number[]) => Float64Array.from(values);
  return createRecording({
    metadata: {
      ...{ format: 'wheelhouse', name: 'made', rate: 20, timeSource: 'recorded' as const, conversions: [] },
      cameras: { centre: { width: 24, height: 12 } },
    },
    columns: {
      time: column(time),
      steeringAngle: column(angles),
      speed: column(time.map(() => 5)),
      throttle: column(time.map(() => 0.5)),
      brake: column(time.map(() => 0)),
      'source.user/angle': column(angles),
    },
    cameras: {
      centre: {
        has: () => true,
        load: (index) => codec.decode(stored(index), `sample ${index}`, time[index]!),
        encoded: async (index): Promise<EncodedFrame> => ({
          type: stored(index)[0] === 0x89 ? 'png' : 'jpeg',
          bytes: stored(index),
        }),
      },
    },
  });
}

const TIMES = [0, 0.05, 0.1, 0.15];
const LEFT = 4;
const of = async (
  exporter: (typeof exporters)[number] | undefined,
  recording: Recording,
  options: ExportOptions = {},
) => {
  const storage = new MemoryStorage('out');
  const prepareVideo = registerWebCodecs;
  return { storage, ...(await exportRecording(exporter!, recording, storage, codec, { prepareVideo, ...options })) };
};

describe('what an export loses is told', () => {
  it.each([
    ['udacity', udacity, 25],
    ['tub', tub, 16],
  ] as const)(
    '%s: angles beyond full steering are counted, with the option that keeps them',
    async (_, exporter, full) => {
      const within = ((full * Math.PI) / 180) * 15.5;
      const recording = made(TIMES, [0, within, 1.3 * within, -1.2 * within]);
      const { lost } = await of(exporter, recording);
      const degrees = (1.3 * full).toFixed(1);
      expect(lost).toContain(
        `steeringAngle: 2 of 4 angles are beyond full steering and were written as ±1; --full-steering ${degrees} keeps them`,
      );
      const kept = await of(exporter, recording, { fullSteering: (Number(degrees) * Math.PI) / 180 });
      expect(kept.lost.join()).not.toMatch(/full steering/);
    },
  );

  it.each([
    ['udacity', udacity],
    ['tub', tub],
    ['lerobot', lerobot],
  ] as const)('%s: columns of the source', async (name, exporter) => {
    if (name === 'lerobot' && !video) return;
    expect((await of(exporter, made(TIMES, TIMES))).lost).toContain('source.user/angle');
  });

  it('times that are rounded, or put in order', async () => {
    const fine = made([0, 0.0504, 0.1, 0.15], TIMES);
    expect((await of(tub, fine)).lost).toContain('time: changed for 1 samples, by up to 0.4 ms (whole milliseconds)');
    const backwards = made([0, 0.05, -5, -4.95], TIMES);
    expect((await of(tub, backwards)).lost.join()).not.toMatch(/time:/);
    expect((await of(udacity, backwards)).lost.join()).toMatch(/time: changed for 2 samples, by up to 5\.5 s/);
    if (!video) return;
    expect((await of(lerobot, fine)).lost.join()).toMatch(
      /time: changed for 1 samples, .*observation\.time has the own/,
    );
  });

  it('nothing is reordered in MCAP where time runs backwards or stands still; the later log times are told', async () => {
    const times = [0, 0.05, 0.05, -5, -4.95];
    const { storage, lost } = await of(mcap, made(times, times, [jpeg, png]));
    expect(lost).toEqual([expect.stringMatching(/^log time: later than the own time for 3 samples/)]);
    const back = await openAnyRecording(storage, codec);
    expect([...back.columns.time]).toEqual(times);
    expect([...back.columns.steeringAngle!]).toEqual(times);
    expect([...(await back.frame(3, 'centre')).pixels]).toEqual([...pixels]);
  });

  it('pictures that become JPEG', async () => {
    const { lost } = await of(tub, made(TIMES, TIMES, [png]));
    expect(lost).toContain('pictures of centre: from PNG to JPEG (quality 95)');
    const without = made(TIMES, TIMES);
    const bare = { ...without, columns: { time: without.columns.time, steeringAngle: without.columns.steeringAngle! } };
    expect((await of(tub, bare)).lost).toContain('throttle: written as 0 for 4 samples that have none');
    expect((await of(udacity, bare, { assumedSpeed: LEFT })).lost).toContain('speed: 4 m/s is assumed for all samples');
  });
});

describe('pictures of an import', () => {
  async function imported(pictures: readonly Uint8Array[], how?: 'keep' | 'jpeg' | 'png') {
    const storage = new MemoryStorage('own');
    const options = how === undefined ? {} : { pictures: how };
    const result = await importRecording(made(TIMES, TIMES, pictures), storage, codec, options);
    const back = await openAnyRecording(storage, codec);
    const stored = await Promise.all(TIMES.map((_, index) => back.cameras.centre!.encoded!(index)));
    return { result, back, stored };
  }

  it('stay as they are, byte for byte, PNG and JPEG side by side', async () => {
    for (const pictures of [[png], [jpeg, png], [png, jpeg]]) {
      const { result, stored } = await imported(pictures);
      expect(result.lost).toEqual([]);
      for (const [i, { type, bytes }] of stored.entries()) {
        expect([...bytes]).toEqual([...pictures[i % pictures.length]!]);
        expect(type).toBe(bytes[0] === 0x89 ? 'png' : 'jpeg');
      }
    }
  });

  it('become JPEG or PNG when asked, and what that loses is told', async () => {
    const asJpeg = await imported([png], 'jpeg');
    expect(asJpeg.stored.map(({ type }) => type)).toEqual(['jpeg', 'jpeg', 'jpeg', 'jpeg']);
    expect(asJpeg.result.lost).toEqual(['pictures of centre: from PNG to JPEG (quality 95)']);
    const asPng = await imported([png, jpeg], 'png');
    expect(asPng.stored.map(({ type }) => type)).toEqual(['png', 'png', 'png', 'png']);
    expect([...(await asPng.back.frame(1, 'centre')).pixels]).toEqual([
      ...(await made(TIMES, TIMES).frame(0, 'centre')).pixels,
    ]);
    expect(asPng.result.lost).toEqual([]);
  });
});
