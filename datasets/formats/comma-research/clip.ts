import { Refusal } from '../../../sim/refusal.ts';
import type { FileStorage } from '../../storage/storage.ts';
import { type Hdf5File, openHdf5 } from './hdf5.ts';

const FRAMES = 'X';
const TIMES = 'times';
/** Number of the camera frame that belongs to each row of the log. */
const FRAME_OF_ROW = 'cam1_ptr';
const ANGLE = 'steering_angle';
/**
 * Measured fields that are kept; those with a meaning of their own per row (gear, blinker) cannot be averaged.
 * `steering_torque` is really the rate of the steering wheel [deg/s], so it is no torque of ours.
 */
const FIELDS = [
  ANGLE,
  'steering_torque',
  'speed',
  'car_accel',
  'gas',
  'brake',
  'brake_user',
  'brake_computer',
  'speed_abs',
  'speed_fl',
  'speed_fr',
  'speed_rl',
  'speed_rr',
] as const;
const LARGEST_SIDE = 16_384;

/** One drive: its frames, and for each of them what the log says. */
export interface Clip {
  /** What of the log or the camera was left out, for people. */
  readonly notes: readonly string[];
  /** The camera's file, for refusals. */
  readonly where: string;
  readonly width: number;
  readonly height: number;
  /** Numbers of the frames that have rows in the log, ascending. */
  readonly frames: readonly number[];
  /** Time of each of them [s]: the mean over its rows, as are the fields. */
  readonly time: Float64Array;
  readonly fields: Readonly<Record<string, Float64Array>>;
  /** A frame as RGB, by its number. */
  pixels(frame: number): Uint8Array;
  close(): Promise<void>;
}

/** @throws Refusal `bad-recording` */
export async function openClip(storage: FileStorage, camera: string, log: string): Promise<Clip> {
  const where = `${storage.name}/${camera}`;
  const rows = await readLog(storage, log);
  const file = await openHdf5(storage, camera);
  try {
    const [count, channels, height, width, ...more] = file.shape(FRAMES) ?? [];
    const whole = channels === 3 && more.length === 0;
    if (!whole || !(height! > 0 && height! <= LARGEST_SIDE && width! > 0 && width! <= LARGEST_SIDE)) {
      const shape = file.shape(FRAMES)?.join(', ');
      const what = shape === undefined ? 'is missing' : `its shape is (${shape}) instead of (frames, 3, height, width)`;
      throw new Refusal('bad-recording', `${where}: ${FRAMES}`, what, 'restore the file');
    }
    return {
      where,
      width: width!,
      height: height!,
      ...byFrame(rows, count!),
      pixels: (frame) => interleave(file.entry(FRAMES, frame)),
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

type Series = ReadonlyMap<string, Float64Array>;

async function readLog(storage: FileStorage, path: string): Promise<Series> {
  const where = `${storage.name}/${path}`;
  const file: Hdf5File = await openHdf5(storage, path);
  try {
    const series = new Map<string, Float64Array>();
    for (const name of [TIMES, FRAME_OF_ROW, ...FIELDS]) {
      if (file.names.includes(name)) series.set(name, file.series(name));
    }
    for (const needed of [TIMES, FRAME_OF_ROW, ANGLE]) {
      if (series.has(needed)) continue;
      const what = `is missing among: ${file.names.slice(0, 40).join(', ')}`;
      throw new Refusal('bad-recording', `${where}: ${needed}`, what, 'restore the file');
    }
    const times = series.get(TIMES)!;
    for (const [name, { length }] of series) {
      if (length === times.length) continue;
      const what = `${length} values at ${times.length} times`;
      throw new Refusal('bad-recording', `${where}: ${name}`, what, 'restore the file');
    }
    const odd = times.findIndex((time, i) => !Number.isFinite(time) || (i > 0 && time < times[i - 1]!));
    if (odd >= 0)
      throw new Refusal('bad-recording', `${where}: ${TIMES}: row ${odd}`, 'times must ascend', 'restore the file');
    return series;
  } finally {
    await file.close();
  }
}

/** Means over the rows of each frame; frames without rows are left out, as are rows of frames that are not there. */
function byFrame(rows: Series, count: number): Pick<Clip, 'frames' | 'time' | 'fields' | 'notes'> {
  const pointer = rows.get(FRAME_OF_ROW)!;
  const rowsOf = new Map<number, number[]>();
  let strange = 0;
  pointer.forEach((frame, row) => {
    if (!(Number.isInteger(frame) && frame >= 0 && frame < count)) {
      strange++;
      return;
    }
    const list = rowsOf.get(frame);
    if (list === undefined) rowsOf.set(frame, [row]);
    else list.push(row);
  });
  const frames = [...rowsOf.keys()].sort((a, b) => a - b);
  const means = (values: Float64Array) =>
    Float64Array.from(frames, (frame) => {
      const known = rowsOf.get(frame)!.filter((row) => Number.isFinite(values[row]!));
      return known.reduce((sum, row) => sum + values[row]!, 0) / known.length;
    });
  const fields = FIELDS.filter((name) => rows.has(name)).map((name) => [name, means(rows.get(name)!)]);
  const notes = [
    ...(strange > 0 ? [`rows of the log whose frame is not there, left out: ${strange}`] : []),
    ...(frames.length < count ? [`frames without a row of the log, left out: ${count - frames.length}`] : []),
  ];
  return { frames, time: means(rows.get(TIMES)!), fields: Object.fromEntries(fields), notes };
}

/** RGB pixels from three planes. */
function interleave(planes: Uint8Array): Uint8Array {
  const area = planes.length / 3;
  const pixels = new Uint8Array(planes.length);
  for (let i = 0, o = 0; i < area; i++) {
    pixels[o++] = planes[i]!;
    pixels[o++] = planes[area + i]!;
    pixels[o++] = planes[2 * area + i]!;
  }
  return pixels;
}
