import type { Recording } from '../../recording/recording.ts';
import type { FileStorage } from '../../storage/storage.ts';
import { DATA_PATH } from './data-files.ts';
import { describeFeatures, type VectorFeature, videoKey } from './features.ts';
import { CHUNK_FILES, type FilePlace } from './file-places.ts';
import { type TableColumn, tasksTable, writeTable } from './parquet-tables.ts';
import type { VectorStatistics } from './statistics.ts';
import { VIDEO_PATH } from './video-files.ts';

const TASK = 'drive along the road';
const INFO_FILE = 'meta/info.json';

/** An episode that was written, and where. */
export interface WrittenEpisode {
  /** Its rows in the whole set, the end exclusive. */
  readonly from: number;
  to: number;
  readonly data: FilePlace;
  /** By camera. */
  readonly videos: Readonly<Record<string, { readonly place: FilePlace; readonly from: number }>>;
}

export interface WrittenSet {
  readonly recording: Recording;
  readonly vectors: readonly VectorFeature[];
  readonly episodes: readonly WrittenEpisode[];
  readonly statistics: ReadonlyMap<string, VectorStatistics>;
  readonly samples: number;
  readonly fps: number;
  /** Sizes that files were kept below [MB]. */
  readonly fileSizes: { readonly data: number; readonly video: number };
}

/** Writes all about a set whose data and videos are there, `info.json` last. */
export async function writeMeta(storage: FileStorage, set: WrittenSet): Promise<void> {
  const { recording, vectors, episodes, statistics, samples, fps, fileSizes } = set;
  const features = describeFeatures(recording, vectors, fps);
  const cameras = Object.keys(recording.metadata.cameras);
  await storage.write('meta/episodes/chunk-000/file-000.parquet', writeTable(episodeTable(episodes, cameras, fps)));
  await storage.write('meta/tasks.parquet', tasksTable([TASK]));
  const stats: Record<string, unknown> = {};
  for (const [key, about] of statistics) {
    if (!(key in features)) continue;
    const nested = key.startsWith('observation.images.') ? (values: number[]) => values.map((v) => [[v]]) : undefined;
    stats[key] = about.finish(nested);
  }
  await storage.write('meta/stats.json', `${JSON.stringify(stats, null, 2)}\n`);
  const info = {
    codebase_version: 'v3.0',
    robot_type: 'car',
    total_episodes: episodes.length,
    total_frames: samples,
    total_tasks: 1,
    chunks_size: CHUNK_FILES,
    data_files_size_in_mb: fileSizes.data,
    video_files_size_in_mb: fileSizes.video,
    fps,
    splits: { train: `0:${episodes.length}` },
    data_path: DATA_PATH,
    video_path: VIDEO_PATH,
    features,
  };
  await storage.write(INFO_FILE, `${JSON.stringify(info, null, 2)}\n`);
}

function episodeTable(episodes: readonly WrittenEpisode[], cameras: readonly string[], fps: number): TableColumn[] {
  const column = (
    name: string,
    value: (episode: WrittenEpisode, index: number) => number,
    type: TableColumn['type'] = 'int64',
  ): TableColumn => ({ name, type, data: episodes.map(value) });
  return [
    column('episode_index', (_, i) => i),
    column('length', ({ from, to }) => to - from),
    { name: 'tasks', type: 'string', length: 1, data: episodes.map(() => [TASK]) },
    column('data/chunk_index', ({ data }) => data.chunk_index),
    column('data/file_index', ({ data }) => data.file_index),
    column('dataset_from_index', ({ from }) => from),
    column('dataset_to_index', ({ to }) => to),
    ...cameras.flatMap((camera) => {
      const prefix = `videos/${videoKey(camera)}`;
      return [
        column(`${prefix}/chunk_index`, ({ videos }) => videos[camera]!.place.chunk_index),
        column(`${prefix}/file_index`, ({ videos }) => videos[camera]!.place.file_index),
        column(`${prefix}/from_timestamp`, ({ videos }) => videos[camera]!.from, 'double'),
        column(`${prefix}/to_timestamp`, ({ videos, from, to }) => videos[camera]!.from + (to - from) / fps, 'double'),
      ];
    }),
    column('meta/episodes/chunk_index', () => 0),
    column('meta/episodes/file_index', () => 0),
  ];
}
