import type { Frame } from '../../../sim/frame.ts';
import { Refusal } from '../../../sim/refusal.ts';
import type { ImageCodec } from '../../images/codec.ts';
import { pictureType } from '../../images/picture-type.ts';
import type { ImageSize } from '../../images/resize.ts';
import type { FrameLoader } from '../../recording/recording.ts';
import type { FileStorage } from '../../storage/storage.ts';
import { VideoShelf } from '../../video/shelf.ts';
import { firstSize } from '../first-size.ts';
import { nearestAt } from '../time-series.ts';
import type { Episode } from './episodes.ts';
import type { ParquetFile } from './parquet.ts';

/** Where a sample comes from. */
export interface Place {
  readonly episode: Episode;
  /** Time in the episode [s]. */
  readonly stamp: number;
  /** Data file, and the row in it. */
  readonly path: string;
  readonly row: number;
}

interface Opened {
  readonly loader: FrameLoader;
  readonly size: ImageSize;
  close(): Promise<void>;
}

/** Pictures in a Parquet column are read this many at a time. */
const ROWS = 16;

/**
 * Frames of a video feature: the one nearest to the episode's start in the file plus the sample's time.
 * @param available files of this feature that are there
 * @throws Refusal when none of them can be opened
 */
export async function videoLoader(
  storage: FileStorage,
  key: string,
  places: readonly Place[],
  time: Float64Array,
  { available, period }: { readonly available: ReadonlySet<string>; readonly period: number },
): Promise<Opened> {
  const videos = new VideoShelf(storage);
  const has = (index: number) => available.has(places[index]!.episode.videos[key]?.path ?? '');
  const load = (index: number): Promise<Frame> => {
    const { episode, stamp } = places[index]!;
    const { path, from } = episode.videos[key]!;
    return videos.use(path, (video) => {
      const frame = nearestAt(video.times, Float64Array.of(from + stamp), period / 2)[0]!;
      if (frame >= 0) return video.frame(frame, time[index]!);
      const where = `${storage.name}/${path}: sample ${index}`;
      throw new Refusal('bad-video', where, 'the video has no frame at its time', 'restore the video');
    });
  };
  const close = () => videos.close();
  try {
    const size = await sizeOfFirst(videos, available);
    return { size, loader: { has, load }, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function sizeOfFirst(videos: VideoShelf, paths: Iterable<string>): Promise<ImageSize> {
  let failure: unknown;
  for (const path of paths) {
    try {
      return await videos.use(path, async ({ width, height }) => ({ width, height }));
    } catch (error) {
      failure ??= error;
    }
  }
  throw failure;
}

/** Rows, as `<file> <row>`, that hold no picture: an episode may be without a camera. */
async function rowsWithoutPicture(key: string, files: ReadonlyMap<string, ParquetFile>): Promise<Set<string>> {
  const without = new Set<string>();
  for (const [path, file] of files) {
    if (!file.columns.includes(key)) for (let row = 0; row < file.rows; row++) without.add(`${path} ${row}`);
    if (!file.hasNulls(key, 'bytes')) continue;
    for (let from = 0; from < file.rows; from += ROWS) {
      const rows = await file.read([key], from, Math.min(from + ROWS, file.rows));
      for (const [i, row] of rows.entries()) {
        const value = row[key] as { bytes?: unknown; path?: unknown } | null | undefined;
        // Pictures may also lie in files of their own, which are named instead.
        if (value?.bytes == null && typeof value?.path !== 'string') without.add(`${path} ${from + i}`);
      }
    }
  }
  return without;
}

/** Frames of an image feature: encoded pictures inside the data files. */
export async function imageLoader(
  storage: FileStorage,
  codec: ImageCodec,
  key: string,
  places: readonly Place[],
  time: Float64Array,
  files: ReadonlyMap<string, ParquetFile>,
): Promise<Opened> {
  let latest: { key: string; rows: Promise<Record<string, unknown>[]> } | undefined;
  const where = (index: number) => `${storage.name}/${places[index]!.path}: row ${places[index]!.row}: ${key}`;
  const bytesOf = async (index: number): Promise<Uint8Array> => {
    const { path, row } = places[index]!;
    const file = files.get(path)!;
    const start = row - (row % ROWS);
    const block = `${path} ${start}`;
    if (latest?.key !== block)
      latest = { key: block, rows: file.read([key], start, Math.min(start + ROWS, file.rows)) };
    const value = (await latest.rows)[row - start]?.[key] as { bytes?: unknown; path?: unknown } | null | undefined;
    if (value?.bytes instanceof Uint8Array) return value.bytes;
    if (typeof value?.path === 'string') return storage.read(value.path);
    throw new Refusal('bad-image', where(index), 'there is no picture', 'restore the file, or leave the row out');
  };
  const load = async (index: number): Promise<Frame> => codec.decode(await bytesOf(index), where(index), time[index]!);
  const without = await rowsWithoutPicture(key, files);
  const has = (index: number) => !without.has(`${places[index]!.path} ${places[index]!.row}`);
  return {
    size: await firstSize({ has, load }, places.length),
    loader: {
      has,
      load,
      async encoded(index) {
        const bytes = await bytesOf(index);
        return { type: pictureType(bytes), bytes };
      },
    },
    close: async () => {},
  };
}
