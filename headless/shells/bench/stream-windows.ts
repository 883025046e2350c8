import { open, readdir, truncate } from 'node:fs/promises';
import path from 'node:path';
import type { Recording } from '../../../datasets/recording/recording.ts';
import { createPackedCache } from '../../../datasets/windows/packed-cache.ts';
import { createWindowSource } from '../../../datasets/windows/window-source.ts';
import { createStream } from '../../../sim/random/stream.ts';
import { openRecordingFolder } from '../../machine/reading/open-recording.ts';
import { DiskStorage } from '../../machine/storage/disk.ts';
import { startLoader } from '../../machine/windows/start-loader.ts';
import { writeLongRecording } from './long-recording.ts';

const SIZE = { width: 160, height: 80 };
const FRAME_BYTES = SIZE.width * SIZE.height * 3;
const TIME = 8;
const BATCH = 16;
/** Memory for decoded frames; far less than the 38 GB that they take in all [bytes]. */
const CACHE_BYTES = 256 * 1024 * 1024;
/** The disk may hold this much more than there is; nothing is written [bytes]. */
const CACHE_FILES = 1e12;

/** What streaming took. */
export interface StreamingTimes {
  readonly frames: number;
  readonly framesPerSecond: number;
  /** Largest resident memory of the whole process [bytes]. */
  readonly residentBytes: number;
  /** Frames that had to be decoded, so were not in the cache. */
  readonly decoded: number;
}

/**
 * Streams every window of a long recording once, in random order, from a packed cache on disk through a loader thread, as
 * a training reads them. The cache is a sparse file: reading it costs what reading a file costs that the operating system
 * holds in memory, and it needs no 38 GB.
 * @param folder an empty one
 * @param samples length of the recording
 */
export async function streamWindows(folder: string, samples: number): Promise<StreamingTimes> {
  const [place, cache] = [path.join(folder, 'recording'), path.join(folder, 'cache')];
  await writeLongRecording(place, samples, SIZE);
  const recording = await openRecordingFolder(place);
  await warm(cache, recording);
  const loader = startLoader({ cache: { folder: cache, limitBytes: CACHE_FILES } });
  const source = await loader.open([recording], {
    time: TIME,
    stride: TIME,
    inputSize: SIZE,
    cacheBytes: CACHE_BYTES,
  });
  const order = shuffled(source.length);
  const start = performance.now();
  let loading = source.load(order.slice(0, BATCH));
  for (let from = BATCH; from < order.length; from += BATCH) {
    await loading;
    loading = source.load(order.slice(from, from + BATCH));
  }
  await loading;
  const seconds = (performance.now() - start) / 1000;
  await loader.close();
  await recording.close();
  const frames = source.length * TIME;
  // Of the operating system, which saw every peak [kB].
  const residentBytes = 1024 * process.resourceUsage().maxRSS;
  return { frames, framesPerSecond: frames / seconds, residentBytes, decoded: source.statistics().decoded };
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
