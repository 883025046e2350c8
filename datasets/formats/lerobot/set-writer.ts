import type { Frame } from '../../../sim/frame.ts';
import type { Recording } from '../../recording/recording.ts';
import type { FileStorage } from '../../storage/storage.ts';
import { TimeLosses } from '../../writing/losses.ts';
import { DataFiles } from './data-files.ts';
import { TIME_FEATURE } from './elements.ts';
import { dataShape, type VectorFeature, vectorsOf, videoKey } from './features.ts';
import { type WrittenEpisode, writeMeta } from './meta-files.ts';
import { VectorStatistics } from './statistics.ts';
import { VideoFiles } from './video-files.ts';

/** Pixels of every n-th frame enter the statistics. */
const STATISTICS_EVERY = 50;
/** Of their pixels, every n-th. */
const PIXELS_EVERY = 17;

/** Most that is in one file, unless a single episode is larger [MB of 1024 x 1024 bytes]. */
export interface FileSizes {
  readonly data: number;
  readonly video: number;
}

/** A data set under way: samples go to its files as they come, and only what its episodes are is remembered. */
export class SetWriter {
  samples = 0;
  readonly vectors: readonly VectorFeature[];
  readonly #recording: Recording;
  readonly #storage: FileStorage;
  /** Frames a second. */
  readonly fps: number;
  readonly times = new TimeLosses();
  #start = 0;
  readonly #fileSizes: FileSizes;
  readonly #data: DataFiles;
  readonly #videos: ReadonlyMap<string, VideoFiles>;
  readonly #episodes: WrittenEpisode[] = [];
  readonly #statistics = new Map<string, VectorStatistics>();

  constructor(recording: Recording, storage: FileStorage, fileSizes: FileSizes) {
    const megabyte = 1024 * 1024;
    this.#recording = recording;
    this.#storage = storage;
    this.#fileSizes = fileSizes;
    this.fps = Math.max(1, Math.round(recording.metadata.rate));
    this.vectors = vectorsOf(recording);
    this.#data = new DataFiles(storage, dataShape(this.vectors), fileSizes.data * megabyte);
    this.#videos = new Map(
      Object.entries(recording.metadata.cameras).map(([camera, { width, height }]) => [
        camera,
        new VideoFiles(storage, { camera, width, height, fps: this.fps, limit: fileSizes.video * megabyte }),
      ]),
    );
  }

  /**
   * @param index of the sample in the recording
   * @param frames by camera
   * @param gap whether it begins an episode
   */
  async add(index: number, frames: ReadonlyMap<string, Frame>, gap: boolean): Promise<void> {
    if (gap || this.samples === 0) {
      await this.#begin(index);
      this.#start = this.#recording.columns.time[index]!;
    }
    for (const [camera, frame] of frames) {
      await this.#videos.get(camera)!.add(frame);
      if (this.samples % STATISTICS_EVERY === 0) this.#countPixels(camera, frame);
    }
    const episode = this.#episodes.at(-1)!;
    const frame = this.samples - episode.from;
    const vectors = this.vectors.map(({ columns }) => columns.map((name) => this.#recording.columns[name]![index]!));
    const rest = [
      this.#recording.columns.time[index]!,
      frame / this.fps,
      frame,
      this.#episodes.length - 1,
      this.samples,
      0,
    ];
    await this.#data.add([...vectors.map((vector) => (vector.length > 1 ? vector : vector[0])), ...rest]);
    this.vectors.forEach(({ key }, k) => {
      this.#count(key, vectors[k]!);
    });
    const scalars = [TIME_FEATURE, 'timestamp', 'frame_index', 'episode_index', 'index', 'task_index'];
    scalars.forEach((key, k) => {
      this.#count(key, [rest[k]!]);
    });
    this.times.add(this.#recording.columns.time[index]! - this.#start, frame / this.fps);
    episode.to = ++this.samples;
  }

  async finish(): Promise<void> {
    for (const videos of this.#videos.values()) await videos.finish();
    await this.#data.finish();
    await writeMeta(this.#storage, {
      recording: this.#recording,
      vectors: this.vectors,
      episodes: this.#episodes,
      statistics: this.#statistics,
      samples: this.samples,
      fps: this.fps,
      fileSizes: this.#fileSizes,
    });
  }

  /** Closes the files, whatever is in them. */
  async cancel(): Promise<void> {
    for (const videos of this.#videos.values()) await videos.cancel();
    await this.#data.cancel().catch(() => undefined);
  }

  async #begin(index: number): Promise<void> {
    const segment = this.#recording.segments.find(({ start, end }) => start <= index && index < end)!;
    const coming = segment.end - index;
    const data = await this.#data.begin(coming);
    const videos: Record<string, Awaited<ReturnType<VideoFiles['begin']>>> = {};
    for (const [camera, files] of this.#videos) videos[camera] = await files.begin(coming);
    this.#episodes.push({ from: this.samples, to: this.samples, data, videos });
  }

  #countPixels(camera: string, { pixels }: Frame): void {
    for (let i = 0; i < pixels.length; i += 3 * PIXELS_EVERY) {
      this.#count(videoKey(camera), [pixels[i]! / 255, pixels[i + 1]! / 255, pixels[i + 2]! / 255]);
    }
  }

  #count(key: string, values: readonly number[]): void {
    let statistics = this.#statistics.get(key);
    if (statistics === undefined) {
      statistics = new VectorStatistics(values.length);
      this.#statistics.set(key, statistics);
    }
    statistics.add(values);
  }
}
