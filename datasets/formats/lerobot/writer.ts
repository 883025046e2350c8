import type { Frame } from '../../../sim/frame.ts';
import { Refusal } from '../../../sim/refusal.ts';
import type { Recording } from '../../recording/recording.ts';
import type { FileStorage } from '../../storage/storage.ts';
import type { ExportOptions, RecordingExporter } from '../../transfer/exporter.ts';
import { preparedSamples } from '../../transfer/samples.ts';
import { startVideo, type VideoWriter } from '../../video/encode.ts';
import { lostColumns } from '../steering-share.ts';
import { fillPath, OWN_ELEMENTS } from './info.ts';
import { type TableColumn, tasksTable, writeTable } from './parquet-tables.ts';
import { TIME_FEATURE } from './reader.ts';
import { VectorStatistics } from './statistics.ts';

const DATA_PATH = 'data/chunk-{chunk_index:03d}/file-{file_index:03d}.parquet';
const VIDEO_PATH = 'videos/{video_key}/chunk-{chunk_index:03d}/file-{file_index:03d}.mp4';
const ACTIONS = ['steering_wheel_angle_rad', 'speed_mps', 'steering_torque_nm', 'throttle', 'brake'];
const STATES = ['measured_speed_mps', 'measured_steering_wheel_angle_rad'];
const TASK = 'drive along the road';
const ZERO = { chunk_index: 0, file_index: 0 };
/** Pixels of every n-th frame enter the statistics. */
const STATISTICS_EVERY = 50;

/** LeRobot 3.0 with H.264 video; segments become episodes. */
export const lerobotExporter: RecordingExporter = {
  name: 'lerobot',
  title: 'LeRobot 3.0 (meta/info.json)',
  async export(recording, storage, _codec, options) {
    if ((await storage.exists('.')) && (await storage.list().catch(() => [])).length > 0) {
      throw new Refusal('folder-not-empty', storage.name, 'the folder is not empty', 'choose another folder');
    }
    await options.prepareVideo?.();
    const skipped = [...recording.skipped];
    const cameras = Object.entries(recording.metadata.cameras);
    if (cameras.length === 0) {
      throw new Refusal('cannot-export', recording.metadata.name, 'it has no camera', 'use a recording with images');
    }
    const fps = Math.max(1, Math.round(recording.metadata.rate));
    const videos = new Map<string, VideoWriter>();
    try {
      for (const [camera, { width, height }] of cameras) {
        videos.set(camera, await startVideo(width, height, { rate: fps }));
      }
      const table = new SampleTable(recording, fps);
      await fill(recording, table, videos, options, skipped);
      if (table.rows === 0) {
        throw new Refusal('cannot-export', recording.metadata.name, 'no sample is left', 'mend the recording');
      }
      for (const [camera, video] of videos) {
        const path = fillPath(VIDEO_PATH, { ...ZERO, video_key: videoKey(camera) });
        await storage.write(path, await video.finish());
      }
      await writeMeta(storage, recording, table, fps);
      const kept = ['time', ...table.elements.flat().map((name) => OWN_ELEMENTS[name]!)];
      const lost = lostColumns(recording, kept);
      return { samples: table.rows, skipped, lost, complete: options.signal?.aborted !== true };
    } catch (error) {
      for (const video of videos.values()) await video.cancel().catch(() => undefined);
      for (const folder of ['meta', 'data', 'videos']) await storage.remove(folder);
      throw error;
    }
  },
};

const videoKey = (camera: string): string => `observation.images.${camera === 'centre' ? 'front' : camera}`;

async function fill(
  recording: Recording,
  table: SampleTable,
  videos: ReadonlyMap<string, VideoWriter>,
  options: ExportOptions,
  skipped: string[],
): Promise<void> {
  const prepare = async (index: number): Promise<Frame[]> => {
    const frames: Frame[] = [];
    for (const camera of videos.keys()) frames.push(await recording.frame(index, camera));
    return frames;
  };
  for await (const { index, gap, prepared } of preparedSamples(recording, prepare, options, skipped)) {
    const cameras = [...videos.keys()];
    for (const [k, frame] of prepared.entries()) {
      await videos.get(cameras[k]!)!.add(frame);
      if (table.rows % STATISTICS_EVERY === 0) table.addPixels(cameras[k]!, frame);
    }
    table.add(index, gap);
  }
}

/** The rows of the data file, with their episodes and statistics. */
class SampleTable {
  rows = 0;
  /** Names in `action` and in `observation.state`. */
  readonly elements: readonly [action: string[], state: string[]];
  readonly actions: number[][] = [];
  readonly states: number[][] = [];
  readonly times: number[] = [];
  readonly episodeOf: number[] = [];
  readonly frameOf: number[] = [];
  readonly episodes: { from: number; to: number }[] = [];
  readonly statistics = new Map<string, VectorStatistics>();
  readonly #recording: Recording;
  readonly #fps: number;

  constructor(recording: Recording, fps: number) {
    const present = (names: readonly string[]) =>
      names.filter((name) => recording.columns[OWN_ELEMENTS[name]!] !== undefined);
    this.elements = [present(ACTIONS), present(STATES)];
    this.#recording = recording;
    this.#fps = fps;
  }

  add(index: number, gap: boolean): void {
    if (gap || this.episodes.length === 0) this.episodes.push({ from: this.rows, to: this.rows });
    const episode = this.episodes.at(-1)!;
    const vector = (names: readonly string[]) =>
      names.map((name) => this.#recording.columns[OWN_ELEMENTS[name]!]![index]!);
    this.actions.push(vector(this.elements[0]));
    this.states.push(vector(this.elements[1]));
    this.times.push(this.#recording.columns.time[index]!);
    this.episodeOf.push(this.episodes.length - 1);
    this.frameOf.push(this.rows - episode.from);
    this.#count('action', this.actions.at(-1)!);
    this.#count('observation.state', this.states.at(-1)!);
    this.#count(TIME_FEATURE, [this.times.at(-1)!]);
    this.#count('timestamp', [this.frameOf.at(-1)! / this.#fps]);
    this.#count('frame_index', [this.frameOf.at(-1)!]);
    this.#count('episode_index', [this.episodeOf.at(-1)!]);
    this.#count('index', [this.rows]);
    this.#count('task_index', [0]);
    episode.to = ++this.rows;
  }

  addPixels(camera: string, { pixels }: Frame): void {
    for (let i = 0; i < pixels.length; i += 3 * 17) {
      this.#count(videoKey(camera), [pixels[i]! / 255, pixels[i + 1]! / 255, pixels[i + 2]! / 255]);
    }
  }

  #count(key: string, values: readonly number[]): void {
    let statistics = this.statistics.get(key);
    if (statistics === undefined) {
      statistics = new VectorStatistics(values.length);
      this.statistics.set(key, statistics);
    }
    statistics.add(values);
  }
}

async function writeMeta(storage: FileStorage, recording: Recording, table: SampleTable, fps: number): Promise<void> {
  const [actionNames, stateNames] = table.elements;
  const cameras = Object.entries(recording.metadata.cameras);
  const scalar = (dtype: string) => ({ dtype, shape: [1], names: null });
  const features: Record<string, unknown> = {};
  for (const [camera, { width, height }] of cameras) {
    const [w, h] = [width + (width % 2), height + (height % 2)];
    features[videoKey(camera)] = {
      dtype: 'video',
      shape: [h, w, 3],
      names: ['height', 'width', 'channels'],
      info: {
        'video.height': h,
        'video.width': w,
        'video.codec': 'h264',
        'video.pix_fmt': 'yuv420p',
        'video.fps': fps,
        'video.channels': 3,
        has_audio: false,
        'video.is_depth_map': false,
      },
    };
  }
  const vectors: TableColumn[] = [];
  for (const [key, names, data] of [
    ['action', actionNames, table.actions],
    ['observation.state', stateNames, table.states],
  ] as const) {
    if (names.length === 0) continue;
    features[key] = { dtype: 'float32', shape: [names.length], names };
    // A vector of one is a plain column, as LeRobot has it.
    vectors.push({
      name: key,
      type: 'float',
      list: names.length > 1,
      data: names.length > 1 ? data : data.map(([one]) => one),
    });
  }
  Object.assign(features, {
    [TIME_FEATURE]: scalar('float64'),
    timestamp: scalar('float32'),
    frame_index: scalar('int64'),
    episode_index: scalar('int64'),
    index: scalar('int64'),
    task_index: scalar('int64'),
  });
  const rows = Array.from({ length: table.rows }, (_, i) => i);
  await storage.write(
    fillPath(DATA_PATH, ZERO),
    writeTable([
      ...vectors,
      { name: TIME_FEATURE, type: 'double', data: table.times },
      { name: 'timestamp', type: 'float', data: table.frameOf.map((frame) => frame / fps) },
      { name: 'frame_index', type: 'int64', data: table.frameOf },
      { name: 'episode_index', type: 'int64', data: table.episodeOf },
      { name: 'index', type: 'int64', data: rows },
      { name: 'task_index', type: 'int64', data: rows.map(() => 0) },
    ]),
  );
  const { episodes } = table;
  const all = (name: string, data: number[], type: TableColumn['type'] = 'int64'): TableColumn => ({
    name,
    type,
    data,
  });
  const zeros = episodes.map(() => 0);
  await storage.write(
    'meta/episodes/chunk-000/file-000.parquet',
    writeTable([
      all(
        'episode_index',
        episodes.map((_, i) => i),
      ),
      all(
        'length',
        episodes.map(({ from, to }) => to - from),
      ),
      { name: 'tasks', type: 'string', list: true, data: episodes.map(() => [TASK]) },
      all('data/chunk_index', zeros),
      all('data/file_index', zeros),
      all(
        'dataset_from_index',
        episodes.map(({ from }) => from),
      ),
      all(
        'dataset_to_index',
        episodes.map(({ to }) => to),
      ),
      ...cameras.flatMap(([camera]) => [
        all(`videos/${videoKey(camera)}/chunk_index`, zeros),
        all(`videos/${videoKey(camera)}/file_index`, zeros),
        all(
          `videos/${videoKey(camera)}/from_timestamp`,
          episodes.map(({ from }) => from / fps),
          'double',
        ),
        all(
          `videos/${videoKey(camera)}/to_timestamp`,
          episodes.map(({ to }) => to / fps),
          'double',
        ),
      ]),
      all('meta/episodes/chunk_index', zeros),
      all('meta/episodes/file_index', zeros),
    ]),
  );
  await storage.write('meta/tasks.parquet', tasksTable([TASK]));
  const stats: Record<string, unknown> = {};
  for (const [key, statistics] of table.statistics) {
    if (!(key in features)) continue;
    stats[key] = statistics.finish(
      key.startsWith('observation.images.') ? (values) => values.map((value) => [[value]]) : undefined,
    );
  }
  await storage.write('meta/stats.json', `${JSON.stringify(stats, null, 2)}\n`);
  const info = {
    codebase_version: 'v3.0',
    robot_type: 'car',
    total_episodes: episodes.length,
    total_frames: table.rows,
    total_tasks: 1,
    chunks_size: 1000,
    data_files_size_in_mb: 100,
    video_files_size_in_mb: 200,
    fps,
    splits: { train: `0:${episodes.length}` },
    data_path: DATA_PATH,
    video_path: VIDEO_PATH,
    features,
  };
  await storage.write('meta/info.json', `${JSON.stringify(info, null, 2)}\n`);
}
