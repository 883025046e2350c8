import { mkdtemp, open, readdir, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createRecording, type Recording } from '../../datasets/recording/recording.ts';
import { createPackedCache } from '../../datasets/windows/packed-cache.ts';
import { createWindowSource } from '../../datasets/windows/window-source.ts';
import { createStream } from '../../sim/random/stream.ts';
import { DiskStorage } from '../storage/disk.ts';

const SIZE = { width: 160, height: 80 };
const FRAME_BYTES = SIZE.width * SIZE.height * 3;
const TIME = 8;
const BATCH = 16;
/** Memory for decoded frames; far less than the 38 GB that they take in all [bytes]. */
const CACHE_BYTES = 256 * 1024 * 1024;

/** What streaming took. */
export interface StreamingTimes {
  readonly frames: number;
  readonly framesPerSecond: number;
  /** Largest resident memory that was seen [bytes]. */
  readonly residentBytes: number;
  /** Frames that had to be decoded, so were not in the cache. */
  readonly decoded: number;
}

/**
 * Streams every window of a synthetic recording once, in random order, from a packed cache on disk. The cache is a sparse
 * file: reading it costs what reading a file costs that the operating system holds in memory, and it needs no 38 GB.
 * @param samples length of the recording
 */
export async function timeStreaming(samples = 1_000_000): Promise<StreamingTimes> {
  const folder = await mkdtemp(path.join(tmpdir(), 'wheelhouse-streaming-'));
  try {
    const recording = synthetic(samples);
    await warm(folder, recording);
    const packedCache = createPackedCache(new DiskStorage(folder));
    const source = createWindowSource([recording], {
      time: TIME,
      stride: TIME,
      inputSize: SIZE,
      cacheBytes: CACHE_BYTES,
      packedCache,
    });
    const order = shuffled(source.length);
    let residentBytes = 0;
    const start = performance.now();
    let loading = source.load(order.slice(0, BATCH));
    for (let from = BATCH; from < order.length; from += BATCH) {
      await loading;
      loading = source.load(order.slice(from, from + BATCH));
      if (from % (64 * BATCH) === 0) residentBytes = Math.max(residentBytes, process.memoryUsage.rss());
    }
    await loading;
    const seconds = (performance.now() - start) / 1000;
    residentBytes = Math.max(residentBytes, process.memoryUsage.rss());
    await packedCache.close();
    const frames = source.length * TIME;
    return { frames, framesPerSecond: frames / seconds, residentBytes, decoded: source.statistics().decoded };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function synthetic(samples: number): Recording {
  const column = (value: (i: number) => number) => Float64Array.from({ length: samples }, (_, i) => value(i));
  const load = async (index: number) => ({ ...SIZE, time: index / 20, pixels: new Uint8Array(FRAME_BYTES) });
  return createRecording({
    metadata: {
      format: 'wheelhouse',
      name: 'synthetic',
      rate: 20,
      timeSource: 'recorded',
      cameras: { centre: SIZE },
      conversions: [],
    },
    columns: {
      time: column((i) => i / 20),
      steeringAngle: column((i) => ((i % 200) - 100) / 100),
      speed: column(() => 10),
    },
    cameras: { centre: { has: () => true, load, fingerprint: async () => 'synthetic' } },
  });
}

/** Lets the cache itself keep one frame, and stretches its files to all of them. */
async function warm(folder: string, recording: Recording): Promise<void> {
  const packedCache = createPackedCache(new DiskStorage(folder));
  const source = createWindowSource([recording], { time: 1, inputSize: SIZE, cacheBytes: 0, packedCache });
  await source.load([0]);
  // The frame is put into the cache behind the caller's back; one turn later it waits there to be written.
  await new Promise((resolve) => setTimeout(resolve, 100));
  await packedCache.close();
  const files = await readdir(folder);
  const frames = files.find((name) => name.endsWith('.bin'))!;
  await truncate(path.join(folder, frames), recording.length * FRAME_BYTES);
  const index = await open(path.join(folder, frames.replace(/bin$/, 'idx')), 'w');
  await index.writeFile(new Uint8Array(Uint32Array.from({ length: recording.length }, (_, i) => i).buffer));
  await index.close();
}

function shuffled(count: number): number[] {
  const stream = createStream(1, 'bench/streaming');
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const other = stream.integer(0, i);
    [order[i], order[other]] = [order[other]!, order[i]!];
  }
  return order;
}
