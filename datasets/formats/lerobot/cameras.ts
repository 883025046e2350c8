import { Refusal } from '../../../sim/refusal.ts';
import type { ImageCodec } from '../../images/codec.ts';
import type { CameraMetadata } from '../../recording/metadata.ts';
import type { FrameLoader } from '../../recording/recording.ts';
import type { FileStorage } from '../../storage/storage.ts';
import { type BadSamples, badSample } from '../bad-samples.ts';
import type { OpenOptions } from '../format.ts';
import { cameraNames, type Info } from './info.ts';
import type { ParquetFile } from './parquet.ts';
import { imageLoader, type Place, videoLoader } from './pictures.ts';

/** What the cameras of a set are opened from. */
export interface CameraSource {
  readonly storage: FileStorage;
  readonly info: Info;
  readonly places: readonly Place[];
  /** Time of each sample [s]. */
  readonly time: Float64Array;
  readonly files: ReadonlyMap<string, ParquetFile>;
}

/** The cameras of a set. */
export interface SetCameras {
  readonly loaders: Readonly<Record<string, FrameLoader>>;
  readonly about: Readonly<Record<string, CameraMetadata>>;
  /** Samples that have a picture of some camera, or all where the set has no camera. */
  readonly pictured: Int32Array;
  close(): Promise<void>;
}

/**
 * Opens the cameras of a set. An episode may have none of a camera, and videos may be missing.
 * @param notes receives the cameras that some episodes do not have
 * @throws Refusal for a video that is missing, unless bad samples are skipped
 */
export async function openCameras(
  source: CameraSource,
  codec: ImageCodec,
  bad: BadSamples,
  notes: string[],
  options: OpenOptions,
): Promise<SetCameras> {
  const { storage, info, places, time, files } = source;
  const features = Object.entries(info.features).filter(([, { dtype }]) => dtype === 'video' || dtype === 'image');
  const videos = new Set(features.flatMap(([key, { dtype }]) => (dtype === 'video' ? [key] : [])));
  const loaders: Record<string, FrameLoader> = {};
  const about: Record<string, CameraMetadata> = {};
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const one of closers) await one();
  };
  if (videos.size > 0) await options.prepareVideo?.();
  try {
    for (const [key, camera] of cameraNames(features.map(([key]) => key))) {
      const available = videos.has(key) ? await findVideos(source, key, bad, notes) : undefined;
      if (available?.size === 0) continue;
      if (available === undefined && !hasImages(source, key, notes)) continue;
      const opened =
        available === undefined
          ? await imageLoader(storage, codec, key, places, time, files)
          : await videoLoader(storage, key, places, time, { available, period: 1 / info.fps });
      loaders[camera] = opened.loader;
      about[camera] = opened.size;
      closers.push(opened.close);
    }
    return { loaders, about, pictured: samplesWithPicture(source, features.length > 0, loaders, bad), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Whether any data file has the pictures of a camera. */
function hasImages({ files }: CameraSource, key: string, notes: string[]): boolean {
  if ([...files.values()].some(({ columns }) => columns.includes(key))) return true;
  notes.push(`${key}: no data file has pictures of it`);
  return false;
}

/** The videos of a camera that are there; those that are missing are bad, and told once each. */
async function findVideos(
  { storage, places }: CameraSource,
  key: string,
  bad: BadSamples,
  notes: string[],
): Promise<Set<string>> {
  const episodes = new Set(places.map(({ episode }) => episode));
  const without = [...episodes].filter(({ videos }) => videos[key] === undefined).length;
  if (without > 0) notes.push(`${key}: ${without} of ${episodes.size} episodes have no video of it`);
  const available = new Set<string>();
  for (const path of new Set([...episodes].flatMap(({ videos }) => videos[key]?.path ?? []))) {
    if (await storage.exists(path)) available.add(path);
    else bad.leaveOut(missingVideo(`${storage.name}/${path}`));
  }
  return available;
}

function missingVideo(where: string): Refusal {
  return new Refusal('missing-file', where, 'the video is missing', 'add it, or skip bad samples (--skip-bad)');
}

function samplesWithPicture(
  { storage, places }: CameraSource,
  hasCameras: boolean,
  loaders: Readonly<Record<string, FrameLoader>>,
  bad: BadSamples,
): Int32Array {
  const cameras = Object.values(loaders);
  const all = Int32Array.from(places, (_, index) => index);
  if (!hasCameras) return all;
  const left = all.filter((index) => cameras.some((camera) => camera.has(index)));
  if (left.length === 0) {
    const mend = bad.skipped[0] ?? 'add the videos';
    throw new Refusal('bad-recording', storage.name, 'no sample has a picture', mend);
  }
  const blind = new Map<number, number>();
  for (const [index, { episode }] of places.entries()) {
    if (cameras.some((camera) => camera.has(index))) continue;
    blind.set(episode.index, (blind.get(episode.index) ?? 0) + 1);
  }
  for (const [episode, samples] of blind) {
    const what = `its ${samples} samples have no picture of any camera`;
    bad.leaveOut(
      badSample(`${storage.name}: episode ${episode}`, what, 'add the video, or skip bad samples (--skip-bad)'),
    );
  }
  return left;
}
