import { describe, expect, it } from 'vitest';
import { createSharpCodec } from '../../../headless/machine/images/sharp-codec.ts';
import { registerWebCodecs } from '../../../headless/machine/images/webcodecs.ts';
import { createRecording, type Recording } from '../../recording/recording.ts';
import { MemoryStorage } from '../../storage/memory.ts';
import { exportRecording } from '../../transfer/export.ts';
import { openAnyRecording } from '../open.ts';
import { isFull, placeOf } from './file-places.ts';
import { lerobotExporter } from './writer.ts';

const codec = createSharpCodec();
const video = await registerWebCodecs();
const size = { width: 64, height: 32 };
const EPISODE = 100;
const MEGABYTE = 1024 * 1024;

/** Remembers the largest piece that was ever written at once, and whether anything was handed over whole. */
class CountingStorage extends MemoryStorage {
  largestAppend = 0;
  largestWrite = 0;

  override async write(path: string, content: Uint8Array | string): Promise<void> {
    this.largestWrite = Math.max(this.largestWrite, content.length);
    await super.write(path, content);
  }

  override async openAppend(path: string) {
    const handle = await super.openAppend(path);
    const append = handle.append.bind(handle);
    return Object.assign(handle, {
      append: (bytes: Uint8Array) => {
        this.largestAppend = Math.max(this.largestAppend, bytes.length);
        return append(bytes);
      },
    });
  }
}

/** Episodes of 100 samples; sample i is a picture of its own, made when asked for. */
function long(samples: number): Recording & { loaded: number } {
  const recording = {
    loaded: 0,
    ...createRecording({
      metadata: {
        format: 'wheelhouse',
        name: 'long',
        rate: 20,
        timeSource: 'recorded',
        cameras: { centre: size },
        conversions: [],
      },
      columns: {
        time: Float64Array.from({ length: samples }, (_, i) => i / 20),
        steeringAngle: Float64Array.from({ length: samples }, (_, i) => Math.fround(Math.sin(i / 10))),
      },
      breaks: Array.from({ length: Math.floor((samples - 1) / EPISODE) }, (_, i) => (i + 1) * EPISODE),
      cameras: {
        centre: {
          has: () => true,
          async load(index) {
            recording.loaded++;
            const pixels = Uint8Array.from({ length: 64 * 32 * 3 }, (_, k) => level(index) + ((k * 7919) % 23));
            return { ...size, time: index / 20, pixels };
          },
        },
      },
    }),
  };
  return recording;
}
const level = (index: number) => 20 + ((index * 37) % 200);

describe.skipIf(!video)('LeRobot export of a long recording (needs WebCodecs)', () => {
  it('goes from file to file as the format says, holds a little at a time, and reads back in order', async () => {
    const samples = 1200;
    const recording = long(samples);
    const storage = new CountingStorage('set');
    const fileSizes = { data: 8 / 1024, video: 160 / 1024 };
    let ahead = 0;
    const result = await lerobotExporter.export(recording, storage, codec, {
      prepareVideo: registerWebCodecs,
      fileSizes,
      onProgress: ({ done }) => {
        ahead = Math.max(ahead, recording.loaded - done);
      },
    });
    expect(result).toMatchObject({ samples, complete: true });
    // A few frames ahead of the encoder; never a whole file at once.
    expect(ahead).toBeLessThanOrEqual(8);

    const info = JSON.parse(new TextDecoder().decode(await storage.read('meta/info.json')));
    expect(info).toMatchObject({
      total_episodes: samples / EPISODE,
      data_files_size_in_mb: fileSizes.data,
      video_files_size_in_mb: fileSizes.video,
    });
    const videos = await storage.list('videos/observation.images.front/chunk-000');
    const tables = await storage.list('data/chunk-000');
    for (const files of [videos, tables]) expect(files.length).toBeGreaterThan(2);
    for (const { size: bytes } of videos) expect(bytes).toBeLessThan(1.3 * fileSizes.video * MEGABYTE);
    const total = videos.reduce((sum, file) => sum + file.size, 0);
    expect(storage.largestAppend).toBeLessThan(total / 10);
    expect(storage.largestWrite).toBeLessThan(total / 10);

    const back = await openAnyRecording(storage, codec, { prepareVideo: registerWebCodecs });
    expect([...back.columns.steeringAngle!]).toEqual([...recording.columns.steeringAngle!]);
    expect(back.segments).toEqual(recording.segments);
    for (let index = 0; index < samples; index += 49) {
      const { pixels } = await back.frame(index, 'centre');
      const mean = pixels.reduce((sum, value) => sum + value, 0) / pixels.length;
      expect(Math.abs(mean - level(index) - 11)).toBeLessThan(4);
    }
    await back.close();
  }, 60_000);

  it('leaves nothing when a picture is missing', async () => {
    const recording = long(50);
    const storage = new MemoryStorage('set');
    const broken = {
      ...recording,
      frame: async (index: number, camera: string) => {
        if (index === 30) throw new Error('gone');
        return recording.frame(index, camera);
      },
    };
    await expect(
      exportRecording(lerobotExporter, broken, storage, codec, { prepareVideo: registerWebCodecs }),
    ).rejects.toThrow('gone');
    expect(await storage.list()).toEqual([]);
  });
});

describe('files of a LeRobot set', () => {
  it('are numbered in folders of a thousand', () => {
    expect(placeOf(0)).toEqual({ chunk_index: 0, file_index: 0 });
    expect(placeOf(999)).toEqual({ chunk_index: 0, file_index: 999 });
    expect(placeOf(2001)).toEqual({ chunk_index: 2, file_index: 1 });
  });

  it('are left before the next episode would make them too large, but never empty', () => {
    expect(isFull({ samples: 0, bytes: 500 }, 1e9, 100)).toBe(false);
    expect(isFull({ samples: 50, bytes: 50 }, 50, 100)).toBe(false);
    expect(isFull({ samples: 50, bytes: 50 }, 51, 100)).toBe(true);
  });
});
