import { describe, expect, it } from 'vitest';
import { codec, greyJpeg } from '../../../headless/machine/images/testing/grey-jpeg.ts';
import { MemoryStorage } from '../../storage/memory.ts';
import { openAnyRecording } from '../open.ts';
import { writeTable } from './parquet-tables.ts';

const LENGTH = 4;
const FPS = 10;
const scalar = { shape: [1], names: null };
const EPISODES = 'meta/episodes/chunk-000/file-000.parquet';
const FILES = ['data/chunk-000/file-000.parquet', 'data/chunk-000/file-001.parquet'] as const;

const int = (name: string, data: readonly number[]) => ({ name, type: 'int64' as const, data: [...data] });

interface RowsOptions {
  /** Added to each `index`. */
  readonly shift?: number;
  readonly frames?: readonly number[];
}

/** Rows of episodes: frame k of episode e steers 10 e + k degrees, and e + k / 10 degrees were measured. */
function rows(episodes: readonly number[], { shift = 0, frames = [0, 1, 2, 3] }: RowsOptions = {}): Uint8Array {
  const all = episodes.flatMap((e) => frames.map((k) => ({ e, k })));
  return writeTable([
    { name: 'observation.state', type: 'float', data: all.map(({ e, k }) => e + k / 10) },
    { name: 'action', type: 'float', length: 2, data: all.map(({ e, k }) => [10 * e + k, 7]) },
    { name: 'timestamp', type: 'float', data: all.map(({ k }) => Math.fround(k / FPS)) },
    int(
      'frame_index',
      all.map(({ k }) => k),
    ),
    int(
      'episode_index',
      all.map(({ e }) => e),
    ),
    int(
      'index',
      all.map(({ e, k }) => e * LENGTH + k + shift),
    ),
  ]);
}

const state = { 'observation.state': { dtype: 'float32', shape: [1], names: ['steering_deg'] } };
const action = { action: { dtype: 'float32', shape: [2], names: ['steering_deg', 'speed_mps'] } };
const numbers = { timestamp: { dtype: 'float32', ...scalar }, episode_index: { dtype: 'int64', ...scalar } };

/** A set of version 3.0 without pictures. @param listed episodes of its list, with the file that it names for each */
function set(listed: readonly (readonly [episode: number, file: number])[], data: Record<string, Uint8Array>) {
  const info = {
    codebase_version: 'v3.0',
    total_episodes: 3,
    fps: FPS,
    data_path: 'data/chunk-{chunk_index:03d}/file-{file_index:03d}.parquet',
    features: { ...state, ...action, ...numbers },
  };
  const episodes = writeTable([
    int(
      'episode_index',
      listed.map(([e]) => e),
    ),
    int(
      'data/chunk_index',
      listed.map(() => 0),
    ),
    int(
      'data/file_index',
      listed.map(([, file]) => file),
    ),
    int(
      'dataset_from_index',
      listed.map(([e]) => e * LENGTH),
    ),
    int(
      'dataset_to_index',
      listed.map(([e]) => (e + 1) * LENGTH),
    ),
  ]);
  return new MemoryStorage('set', { 'meta/info.json': JSON.stringify(info), [EPISODES]: episodes, ...data });
}

const open = (storage: MemoryStorage, skipBad = false) => openAnyRecording(storage, codec, { skipBad });
const degrees = (column: Float64Array | undefined) =>
  [...column!].map((angle) => Math.round((angle * 1800) / Math.PI) / 10);
const of = (...episodes: number[]) => episodes.flatMap((e) => [0, 1, 2, 3].map((k) => 10 * e + k));

describe('rows of LeRobot sets', () => {
  it('are those that say they are of the episode, where others lie before them', async () => {
    const recording = await open(
      set(
        [
          [1, 0],
          [2, 0],
        ],
        { [FILES[0]]: rows([0, 1, 2]) },
      ),
    );
    expect(degrees(recording.columns.steeringAngle)).toEqual(of(1, 2));
    expect(recording.notes).toEqual([
      'the list of episodes has 2 of the 3 that meta/info.json speaks of',
      'rows of episodes that are not in the list of episodes, left out: 4 (episode 0)',
    ]);
  });

  it('are found in another file than the list says, and out of order', async () => {
    const swapped = set(
      [
        [0, 0],
        [1, 0],
        [2, 1],
      ],
      { [FILES[0]]: rows([0]), [FILES[1]]: rows([2, 1]) },
    );
    const recording = await open(swapped);
    expect(degrees(recording.columns.steeringAngle)).toEqual(of(0, 1, 2));
    expect(recording.segments).toHaveLength(3);
    expect(recording.notes).toEqual(['episodes whose rows lie in another data file than their list says: 1']);
  });

  it.each([
    [
      'have another index than the list says',
      rows([0, 1], { shift: LENGTH }),
      /episode 0: its rows have the index 4 to 7, .* 0 to 3/,
    ],
    ['are more than the list says', rows([0, 0, 1]), /episode 0: it has 8 rows, and the list of episodes says 4/],
    ['have an index twice', rows([0, 1], { frames: [0, 1, 1] }), /episode 0: two of its rows have the index 1/],
  ])('are refused where they %s, also when bad samples are skipped', async (_, data, message) => {
    const storage = set(
      [
        [0, 0],
        [1, 0],
      ],
      { [FILES[0]]: data },
    );
    await expect(open(storage)).rejects.toThrow(message);
    await expect(open(storage, true)).rejects.toThrow(message);
  });

  it('leave a gap where some are missing, once bad samples are skipped', async () => {
    const storage = set(
      [
        [0, 0],
        [1, 0],
      ],
      { [FILES[0]]: rows([0, 1], { frames: [0, 2, 3] }) },
    );
    await expect(open(storage)).rejects.toThrow(/episode 0: 1 of its 4 rows are missing; .*--skip-bad/);
    const recording = await open(storage, true);
    expect(recording.segments.map(({ start }) => start)).toEqual([0, 1, 3, 4]);
    expect(recording.skipped).toHaveLength(2);
  });

  it('are read as far as a part of a set has them, and what is missing is listed', async () => {
    const storage = set(
      [
        [0, 0],
        [1, 1],
        [2, 1],
      ],
      { [FILES[1]]: rows([1, 2]) },
    );
    await expect(open(storage)).rejects.toThrow(/file-000\.parquet: episode 0: its rows are missing; .*--skip-bad/);
    const recording = await open(storage, true);
    expect(degrees(recording.columns.steeringAngle)).toEqual(of(1, 2));
    expect(recording.skipped.join()).toMatch(/file-000\.parquet: episode 0/);
    await storage.write(FILES[0], rows([0]).subarray(0, 100));
    expect((await open(storage, true)).skipped[0]).toMatch(/file-000\.parquet: the Parquet file cannot be read/);
  });

  it.each(['v2.0', 'v2.1'])(
    'of version %s are refused where their file is that of another episode',
    async (version) => {
      const info = {
        codebase_version: version,
        fps: FPS,
        data_path: 'data/{episode_index}.parquet',
        features: { ...state, ...action, ...numbers },
      };
      const files = (second: Uint8Array) => ({
        'meta/info.json': JSON.stringify(info),
        'meta/episodes.jsonl': [0, 1].map((e) => JSON.stringify({ episode_index: e, length: LENGTH })).join('\n'),
        'data/0.parquet': rows([0]),
        'data/1.parquet': second,
      });
      const sound = await open(new MemoryStorage('set', files(rows([1]))));
      expect(degrees(sound.columns.steeringAngle)).toEqual(of(0, 1));
      await expect(open(new MemoryStorage('set', files(rows([2]))))).rejects.toThrow(
        /1\.parquet: episode 1: .*of episode 2/,
      );
    },
  );
});

describe('the label of a LeRobot set', () => {
  const sets = ['v2.0', 'v2.1', 'v3.0'].flatMap((version) => [
    [version, 'the state first', { ...state, ...action, ...numbers }] as const,
    [version, 'the action first', { ...action, ...state, ...numbers }] as const,
  ]);

  it.each(sets)('of version %s is the action, with %s; the state is a measurement', async (version, _, features) => {
    const storage = set(
      [
        [0, 0],
        [1, 0],
        [2, 0],
      ],
      { [FILES[0]]: rows([0, 1, 2]) },
    );
    const info = JSON.parse(new TextDecoder().decode(await storage.read('meta/info.json')));
    const data_path = version === 'v3.0' ? info.data_path : 'data/{episode_index}.parquet';
    await storage.write('meta/info.json', JSON.stringify({ ...info, codebase_version: version, data_path, features }));
    await storage.write('meta/episodes.jsonl', JSON.stringify({ episode_index: 1, length: LENGTH }));
    await storage.write('data/1.parquet', rows([1]));
    const { columns } = await open(storage);
    expect(degrees(columns.steeringAngle)).toEqual(version === 'v3.0' ? of(0, 1, 2) : of(1));
    expect(degrees(columns.measuredSteeringAngle).slice(-4, -2)).toEqual(version === 'v3.0' ? [2, 2.1] : [1, 1.1]);
    // A command is no measurement.
    expect([columns.speed![0], columns.measuredSpeed]).toEqual([7, undefined]);
  });

  it('is our own name in the action, also where the state has it too', async () => {
    const names = ['steering_wheel_angle_rad', 'speed_mps'];
    const features = {
      'observation.state': { dtype: 'float32', shape: [1], names: ['steering_wheel_angle_rad'] },
      action: { dtype: 'float32', shape: [2], names },
      ...numbers,
    };
    const storage = set([[1, 0]], { [FILES[0]]: rows([1]) });
    const info = JSON.parse(new TextDecoder().decode(await storage.read('meta/info.json')));
    await storage.write('meta/info.json', JSON.stringify({ ...info, features }));
    const { columns } = await open(storage);
    expect([...columns.steeringAngle!]).toEqual(of(1));
    expect(columns.measuredSteeringAngle![0]).toBe(1);
  });

  it('is the state where no action steers, which is said', async () => {
    const storage = set([[1, 0]], { [FILES[0]]: rows([1]) });
    const info = JSON.parse(new TextDecoder().decode(await storage.read('meta/info.json')));
    await storage.write('meta/info.json', JSON.stringify({ ...info, features: { ...state, ...numbers } }));
    const { columns, metadata } = await open(storage);
    expect(columns.steeringAngle).toEqual(columns.measuredSteeringAngle);
    expect(metadata.conversions[0]!.note).toMatch(/no action gives it/);
  });
});

describe('what a LeRobot set says of itself', () => {
  const said = async (change: (info: Record<string, unknown>) => object, skipBad = false) => {
    const storage = set([[1, 0]], { [FILES[0]]: rows([1]) });
    const info = JSON.parse(new TextDecoder().decode(await storage.read('meta/info.json')));
    await storage.write('meta/info.json', JSON.stringify({ ...info, total_episodes: 1, ...change(info) }));
    return open(storage, skipBad);
  };

  it('counts less than its times, where its rate is another', async () => {
    const { metadata, notes } = await said(() => ({ fps: 30 }));
    expect(metadata.rate).toBeCloseTo(FPS, 3);
    expect(notes).toEqual(['meta/info.json says 30 frames a second and the times 10.0, which count']);
  });

  it('may be a version without its letter', async () => {
    const { columns, notes } = await said(() => ({ codebase_version: '3.0' }));
    expect([degrees(columns.steeringAngle), notes]).toEqual([of(1), []]);
  });

  it('is told where nothing in its action is known to steer', async () => {
    const unnamed = { action: { dtype: 'float32', shape: [2], names: null } };
    const { columns, notes } = await said(() => ({ features: { ...state, ...unnamed, ...numbers } }));
    expect(degrees(columns.steeringAngle)).toEqual([1, 1.1, 1.2, 1.3]);
    expect(notes).toEqual([
      'nothing in action (0, 1) is known to steer: the label is observation.state.steering_deg, which was measured',
    ]);
  });

  it('is refused where it names more numbers than there are', async () => {
    const three = { action: { dtype: 'float32', shape: [3], names: ['gas', 'steering_deg', 'speed_mps'] } };
    await expect(said(() => ({ features: { ...state, ...three, ...numbers } }))).rejects.toThrow(
      /0\.parquet: row 0: action: 2 numbers, and meta\/info\.json says 3; .*--skip-bad/,
    );
  });
});

describe('cameras that an episode of a LeRobot set lacks', () => {
  it('have no picture there, where pictures lie in the data files', async () => {
    const { parquetWriteBuffer } = await import('hyparquet-writer');
    const jpeg = await greyJpeg(120);
    const features = {
      'observation.images.front': { dtype: 'image', shape: [16, 32, 3], names: null },
      'observation.images.left': { dtype: 'image', shape: [16, 32, 3], names: null },
      'action.steering': { dtype: 'float32', ...scalar },
      ...numbers,
    };
    const image = { repetition_type: 'OPTIONAL' as const, num_children: 1 };
    const bytes = { name: 'bytes', repetition_type: 'OPTIONAL' as const, type: 'BYTE_ARRAY' as const };
    const data = parquetWriteBuffer({
      columnData: [
        { name: 'observation.images.front', data: [0, 1, 2].map(() => ({ bytes: jpeg })) },
        { name: 'observation.images.left', data: [{ bytes: jpeg }, null, { bytes: jpeg }] },
        { name: 'action.steering', data: [0, 0, 0] },
        { name: 'timestamp', data: [0, 0.1, 0.2] },
      ],
      schema: [
        { name: 'root', num_children: 4 },
        ...[{ name: 'observation.images.front', ...image }, bytes],
        ...[{ name: 'observation.images.left', ...image }, bytes],
        { name: 'action.steering', repetition_type: 'OPTIONAL', type: 'FLOAT' },
        { name: 'timestamp', repetition_type: 'OPTIONAL', type: 'FLOAT' },
      ],
    });
    const storage = new MemoryStorage('set', {
      'meta/info.json': JSON.stringify({
        codebase_version: 'v2.1',
        fps: FPS,
        data_path: '{episode_index}.parquet',
        features,
      }),
      'meta/episodes.jsonl': JSON.stringify({ episode_index: 0, length: 3 }),
      '0.parquet': new Uint8Array(data),
    });
    const { length, cameras, skipped } = await open(storage);
    expect([length, skipped]).toEqual([3, []]);
    expect([0, 1, 2].map((index) => cameras.left!.has(index))).toEqual([true, false, true]);
    expect(cameras.centre!.has(1)).toBe(true);
  });
});
