import { describe, expect, it } from 'vitest';
import { codec, greyJpeg } from '../../../headless/machine/images/testing/grey-jpeg.ts';
import { registerWebCodecs } from '../../../headless/machine/images/webcodecs.ts';
import { MemoryStorage } from '../../storage/memory.ts';
import { startVideo } from '../../video/encode.ts';
import { openAnyRecording } from '../open.ts';
import { tasksTable, writeTable } from './parquet-tables.ts';

const video = await registerWebCodecs();
const size = { width: 32, height: 16 };
const LENGTH = 6;
const FPS = 10;

/** A video whose frames are plain grey of these levels. */
async function mp4(levels: readonly number[]): Promise<Uint8Array> {
  const writer = await startVideo(size.width, size.height, { rate: FPS });
  for (const level of levels) {
    await writer.add({ ...size, time: 0, pixels: new Uint8Array(size.width * size.height * 3).fill(level) });
  }
  return writer.finish();
}

/** Grey of frame k of an episode as a camera sees it. */
const level = (episode: number, k: number, camera: number) => 20 + 60 * camera + 15 * episode + 5 * k;

const scalar = { shape: [1], names: null };
const index = {
  timestamp: { dtype: 'float32', ...scalar },
  frame_index: { dtype: 'int64', ...scalar },
  episode_index: { dtype: 'int64', ...scalar },
  index: { dtype: 'int64', ...scalar },
  task_index: { dtype: 'int64', ...scalar },
};
const camera = { dtype: 'video', shape: [16, 32, 3], names: ['height', 'width', 'channels'] };
const action = { dtype: 'float32', shape: [3], names: ['steering_angle_deg', 'gas', 'brake'] };

/** Rows of some episodes: the angle of frame k of episode e is 10 e + k degrees. */
function rows(episodes: readonly number[], state = true): Uint8Array {
  const all = episodes.flatMap((episode) => Array.from({ length: LENGTH }, (_, k) => ({ episode, k })));
  return writeTable([
    ...(state
      ? [
          {
            name: 'action',
            type: 'float' as const,
            length: 3,
            data: all.map(({ episode, k }) => [10 * episode + k, 0.5, 0]),
          },
          { name: 'observation.speed_kmh', type: 'float' as const, data: all.map(() => 36) },
        ]
      : []),
    { name: 'timestamp', type: 'float', data: all.map(({ k }) => Math.fround(k / FPS)) },
    { name: 'frame_index', type: 'int64', data: all.map(({ k }) => k) },
    { name: 'episode_index', type: 'int64', data: all.map(({ episode }) => episode) },
    { name: 'index', type: 'int64', data: all.map(({ episode, k }) => episode * LENGTH + k) },
    { name: 'task_index', type: 'int64', data: all.map(() => 0) },
  ]);
}

const features = {
  'observation.images.front': camera,
  'observation.images.left': camera,
  action,
  'observation.speed_kmh': { dtype: 'float32', ...scalar },
  ...index,
};

/** Version 2.1: chunks of two episodes, a file and a video for each. */
async function version21(): Promise<MemoryStorage> {
  const info = {
    codebase_version: 'v2.1',
    robot_type: 'car',
    total_episodes: 3,
    chunks_size: 2,
    fps: FPS,
    data_path: 'data/chunk-{episode_chunk:03d}/episode_{episode_index:06d}.parquet',
    video_path: 'videos/chunk-{episode_chunk:03d}/{video_key}/episode_{episode_index:06d}.mp4',
    features,
  };
  const files: Record<string, Uint8Array | string> = {
    'meta/info.json': JSON.stringify(info),
    'meta/tasks.jsonl': '{"task_index":0,"task":"drive"}\n',
    'meta/episodes.jsonl': [0, 1, 2]
      .map((e) => JSON.stringify({ episode_index: e, tasks: ['drive'], length: LENGTH }))
      .join('\n'),
  };
  for (const episode of [0, 1, 2]) {
    const chunk = episode < 2 ? '000' : '001';
    files[`data/chunk-${chunk}/episode_00000${episode}.parquet`] = rows([episode]);
    for (const [c, name] of ['front', 'left'].entries()) {
      const levels = Array.from({ length: LENGTH }, (_, k) => level(episode, k, c));
      files[`videos/chunk-${chunk}/observation.images.${name}/episode_00000${episode}.mp4`] = await mp4(levels);
    }
  }
  return new MemoryStorage('set', files);
}

/**
 * Version 3.0: episodes 0 and 1 share a data file, 1 and 2 a video file, which lies in the next chunk.
 * @param withoutLeft episodes that have no camera on the left
 */
async function version30(withoutLeft: readonly number[] = []): Promise<MemoryStorage> {
  const info = {
    codebase_version: 'v3.0',
    robot_type: 'car',
    total_episodes: 3,
    fps: FPS,
    data_path: 'data/chunk-{chunk_index:03d}/file-{file_index:03d}.parquet',
    video_path: 'videos/{video_key}/chunk-{chunk_index:03d}/file-{file_index:03d}.mp4',
    features,
  };
  const int = (name: string, data: number[]) => ({ name, type: 'int64' as const, data });
  const ofVideo = (name: string) => {
    // Tables with missing values have no whole numbers.
    const some = (data: number[]) =>
      data.map((value, e) => (name === 'left' && withoutLeft.includes(e) ? Number.NaN : value));
    const double = (part: string, data: number[]) => ({
      name: `videos/observation.images.${name}/${part}`,
      type: 'double' as const,
      data: some(data),
    });
    return [
      double('chunk_index', [0, 1, 1]),
      double('file_index', [0, 0, 0]),
      double('from_timestamp', [0, 0, LENGTH / FPS]),
    ];
  };
  const episodes = (wanted: number[]) =>
    writeTable(
      [
        int('episode_index', [0, 1, 2]),
        int('length', [LENGTH, LENGTH, LENGTH]),
        int('data/chunk_index', [0, 0, 0]),
        int('data/file_index', [0, 0, 1]),
        int('dataset_from_index', [0, LENGTH, 2 * LENGTH]),
        int('dataset_to_index', [LENGTH, 2 * LENGTH, 3 * LENGTH]),
        ...ofVideo('front'),
        ...ofVideo('left'),
      ].map((column) => ({ ...column, data: wanted.map((e) => column.data[e]) })),
    );
  const files: Record<string, Uint8Array | string> = {
    'meta/info.json': JSON.stringify(info),
    'meta/tasks.parquet': tasksTable(['drive']),
    'meta/episodes/chunk-000/file-000.parquet': episodes([0, 1]),
    'meta/episodes/chunk-000/file-001.parquet': episodes([2]),
    'data/chunk-000/file-000.parquet': rows([0, 1]),
    'data/chunk-000/file-001.parquet': rows([2]),
  };
  for (const [c, name] of ['front', 'left'].entries()) {
    const of = (episode: number) => Array.from({ length: LENGTH }, (_, k) => level(episode, k, c));
    const folder = `videos/observation.images.${name}`;
    files[`${folder}/chunk-000/file-000.mp4`] = await mp4(of(0));
    files[`${folder}/chunk-001/file-000.mp4`] = await mp4([...of(1), ...of(2)]);
  }
  return new MemoryStorage('set', files);
}

const open = (storage: MemoryStorage) => openAnyRecording(storage, codec, { prepareVideo: registerWebCodecs });

describe("other people's LeRobot sets", () => {
  it.skipIf(!video).each([
    ['2.1: a file and a video for each episode, in chunks', version21],
    ['3.0: episodes that share files', version30],
  ])('reads version %s (needs WebCodecs)', async (_, make) => {
    const recording = await open(await make());
    expect(recording.segments).toEqual([0, 1, 2].map((e) => ({ start: e * LENGTH, end: (e + 1) * LENGTH })));
    expect(Object.keys(recording.cameras)).toEqual(['centre', 'left']);
    for (const [e, k] of [
      [0, 0],
      [1, 5],
      [2, 0],
      [2, 3],
      [0, 4],
    ]) {
      const sample = e! * LENGTH + k!;
      expect(recording.columns.steeringAngle![sample]).toBeCloseTo(((10 * e! + k!) * Math.PI) / 180, 6);
      expect(recording.columns.speed![sample]).toBeCloseTo(10, 6);
      for (const [c, name] of ['centre', 'left'].entries()) {
        const { pixels } = await recording.frame(sample, name);
        expect(Math.abs(pixels[300]! - level(e!, k!, c)), `${name} ${e} ${k}`).toBeLessThanOrEqual(3);
      }
    }
    expect(recording.metadata.conversions.map(({ column, field }) => [column, field])).toEqual([
      ['steeringAngle', 'action.steering_angle_deg'],
      ['speed', 'observation.speed_kmh.speed_kmh'],
    ]);
    await recording.close();
  });

  it.skipIf(!video)('names the video that is missing (needs WebCodecs)', async () => {
    const storage = await version21();
    await storage.remove('videos/chunk-001/observation.images.left/episode_000002.mp4');
    await expect(open(storage)).rejects.toThrow(
      /^set\/videos\/chunk-001\/observation\.images\.left\/episode_000002\.mp4: the video is missing/,
    );
  });

  it.skipIf(!video)('reads what is there of a set without some videos, and lists them (needs WebCodecs)', async () => {
    const storage = await version21();
    await storage.remove('videos/chunk-000/observation.images.left/episode_000001.mp4');
    const options = { prepareVideo: registerWebCodecs, skipBad: true };
    const oneCamera = await openAnyRecording(storage, codec, options);
    expect(oneCamera.skipped).toEqual([expect.stringMatching(/left\/episode_000001\.mp4: the video is missing/)]);
    expect([oneCamera.length, oneCamera.cameras.left!.has(LENGTH), oneCamera.cameras.centre!.has(LENGTH)]).toEqual([
      3 * LENGTH,
      false,
      true,
    ]);
    await oneCamera.close();
    await storage.remove('videos/chunk-000/observation.images.front/episode_000001.mp4');
    const none = await openAnyRecording(storage, codec, options);
    expect([none.length, none.segments.length]).toEqual([2 * LENGTH, 2]);
    expect(none.skipped.join()).toMatch(/episode 1: its 6 samples have no picture of any camera/);
    await none.close();
  });

  it.skipIf(!video)('takes an episode without a camera for what it is (needs WebCodecs)', async () => {
    const recording = await open(await version30([1]));
    expect(recording.notes).toEqual(['observation.images.left: 1 of 3 episodes have no video of it']);
    expect([recording.cameras.left!.has(LENGTH), recording.cameras.centre!.has(LENGTH)]).toEqual([false, true]);
    expect(recording.length).toBe(3 * LENGTH);
    await recording.close();
  });

  it('refuses a set in which nothing is known to steer, listing its features', async () => {
    const info = {
      codebase_version: 'v2.1',
      fps: FPS,
      data_path: 'data/{episode_index}.parquet',
      features: {
        action: { dtype: 'float32', shape: [2], names: { motors: ['shoulder', 'elbow'] } },
        'observation.state': { dtype: 'float32', shape: [2], names: null },
        'observation.image': camera,
        ...index,
      },
    };
    const storage = new MemoryStorage('arm', {
      'meta/info.json': JSON.stringify(info),
      'meta/episodes.jsonl': JSON.stringify({ episode_index: 0, length: LENGTH }),
      'data/0.parquet': rows([0], false),
    });
    await expect(open(storage)).rejects.toThrow(
      /^arm\/meta\/info\.json: features: nothing there is known to steer: action \(shoulder, elbow\), observation\.state \(0, 1\), observation\.image; name/,
    );
  });

  it('reads pictures inside the data files', async () => {
    const { parquetWriteBuffer } = await import('hyparquet-writer');
    const jpeg = await greyJpeg(120);
    const info = {
      codebase_version: 'v2.1',
      fps: FPS,
      data_path: 'data/{episode_index}.parquet',
      features: {
        'observation.image': { dtype: 'image', shape: [16, 32, 3], names: null },
        'action.steering': { dtype: 'float32', ...scalar },
        ...index,
      },
    };
    const count = 3;
    const data = parquetWriteBuffer({
      columnData: [
        {
          name: 'observation.image',
          data: Array.from({ length: count }, (_, k) => ({ bytes: jpeg, path: `${k}.jpg` })),
        },
        { name: 'action.steering', data: Array.from({ length: count }, () => 1) },
        { name: 'timestamp', data: Array.from({ length: count }, (_, k) => k / FPS) },
      ],
      schema: [
        { name: 'root', num_children: 3 },
        { name: 'observation.image', repetition_type: 'OPTIONAL', num_children: 2 },
        { name: 'bytes', repetition_type: 'OPTIONAL', type: 'BYTE_ARRAY' },
        { name: 'path', repetition_type: 'OPTIONAL', type: 'BYTE_ARRAY', converted_type: 'UTF8' },
        { name: 'action.steering', repetition_type: 'OPTIONAL', type: 'FLOAT' },
        { name: 'timestamp', repetition_type: 'OPTIONAL', type: 'FLOAT' },
      ],
    });
    const storage = new MemoryStorage('set', {
      'meta/info.json': JSON.stringify(info),
      'meta/episodes.jsonl': JSON.stringify({ episode_index: 0, length: count }),
      'data/0.parquet': new Uint8Array(data),
    });
    const recording = await open(storage);
    expect(recording.length).toBe(count);
    // A feature of one element needs no names; a share of full steering, right positive.
    expect(recording.columns.steeringAngle![0]).toBeCloseTo(((-25 * Math.PI) / 180) * 15.5, 6);
    const frame = await recording.frame(2, 'centre');
    expect([frame.width, frame.height]).toEqual([32, 16]);
    expect(Math.abs(frame.pixels[0]! - 120)).toBeLessThanOrEqual(3);
  });
});
