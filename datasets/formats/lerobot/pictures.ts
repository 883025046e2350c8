import type { Frame } from '../../../sim/frame.ts';
import { Refusal } from '../../../sim/refusal.ts';
import type { ImageCodec } from '../../images/codec.ts';
import type { ImageSize } from '../../images/resize.ts';
import type { FrameLoader } from '../../recording/recording.ts';
import type { FileStorage } from '../../storage/storage.ts';
import { VideoShelf } from '../../video/shelf.ts';
import { nearestAt } from '../time-series.ts';
import type { Episode } from './episodes.ts';
import type { ParquetFile } from './parquet.ts';

/** Where a sample comes from. */
export interface Place {
  readonly episode: Episode;
  /** Time in the episode [s]. */
  readonly stamp: number;
  /** Row in the episode's data file. */
  readonly row: number;
}

interface Opened {
  readonly loader: FrameLoader;
  readonly size: ImageSize;
  close(): Promise<void>;
}

/** Pictures in a Parquet column are read this many at a time. */
const ROWS = 16;

/** Frames of a video feature: the one nearest to the episode's start in the file plus the sample's time. */
export async function videoLoader(
  storage: FileStorage,
  key: string,
  places: readonly Place[],
  time: Float64Array,
  period: number,
): Promise<Opened> {
  const videos = new VideoShelf(storage);
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
  for (const path of new Set(places.map(({ episode }) => episode.videos[key]!.path))) {
    if (await storage.exists(path)) continue;
    throw new Refusal('missing-file', `${storage.name}/${path}`, 'the video is missing', 'add it');
  }
  const size = await videos.use(places[0]!.episode.videos[key]!.path, async ({ width, height }) => ({ width, height }));
  return { size, loader: { has: () => true, load }, close: () => videos.close() };
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
  const where = (index: number) =>
    `${storage.name}/${places[index]!.episode.dataPath}: row ${places[index]!.row}: ${key}`;
  const bytesOf = async (index: number): Promise<Uint8Array> => {
    const { episode, row } = places[index]!;
    const file = files.get(episode.dataPath)!;
    const start = row - (row % ROWS);
    const block = `${episode.dataPath} ${start}`;
    if (latest?.key !== block)
      latest = { key: block, rows: file.read([key], start, Math.min(start + ROWS, file.rows)) };
    const value = (await latest.rows)[row - start]?.[key] as { bytes?: unknown; path?: unknown } | null | undefined;
    if (value?.bytes instanceof Uint8Array) return value.bytes;
    if (typeof value?.path === 'string') return storage.read(value.path);
    throw new Refusal('bad-image', where(index), 'there is no picture', 'restore the file, or leave the row out');
  };
  const load = async (index: number): Promise<Frame> => codec.decode(await bytesOf(index), where(index), time[index]!);
  const { width, height } = await load(0);
  return {
    size: { width, height },
    loader: {
      has: () => true,
      load,
      async encoded(index) {
        const bytes = await bytesOf(index);
        return { type: bytes[0] === 0x89 ? 'png' : 'jpeg', bytes };
      },
    },
    close: async () => {},
  };
}
