import type { CameraName, Frame } from '../../sim/frame.ts';
import type { Cut } from './edits.ts';
import type { RecordingMetadata } from './metadata.ts';
import { findSegments, type Segment } from './segments.ts';

/**
 * Columns by name. `time` [s] is always there. The labels, that is, what the driver asked for: `steeringAngle`
 * (steering wheel, left positive) [rad], `speed` [m/s], `torque` (hands on the wheel, left positive) [N·m]. State
 * columns when known: `measuredSpeed`, `measuredSteeringAngle`, `x`, `y`, `yaw`, `yawRate`, `lateralError`,
 * `headingError`, `arcLength`, `throttle`, `brake`. `source.<field>` holds a field of the source as it was stored.
 * A field that the source lacks is absent; a single missing value is NaN.
 */
export type Columns = Readonly<Partial<Record<string, Float64Array>>> & { readonly time: Float64Array };

/** A picture as it is stored. */
export interface EncodedFrame {
  readonly type: 'jpeg' | 'png' | 'raw';
  readonly bytes: Uint8Array;
}

/** Where the frames of one camera come from. */
export interface FrameLoader {
  /** Whether the sample has a frame of this camera (it may have been dropped). */
  has(index: number): boolean;
  /** Decodes a frame. @throws Refusal when the picture is missing or broken */
  load(index: number): Promise<Frame>;
  /** The picture as stored; absent for frames inside a video. */
  encoded?(index: number): Promise<EncodedFrame>;
  /** Something that changes when the stored pictures do; makes the key of caches. */
  fingerprint?(): Promise<string>;
}

/** A sequence of samples: frames + commands + vehicle state, with metadata. Frames are read when asked for. */
export interface Recording {
  readonly metadata: RecordingMetadata;
  /** Number of samples. */
  readonly length: number;
  readonly columns: Columns;
  readonly cameras: Readonly<Record<CameraName, FrameLoader>>;
  /** Runs of samples without a gap, in order. */
  readonly segments: readonly Segment[];
  /** What was left out while reading, one line each; empty unless bad samples were to be skipped. */
  readonly skipped: readonly string[];
  /** What its reader tolerated, assumed or passed over, for people: one line each, with a count where there is one. */
  readonly notes: readonly string[];
  /** Samples of those that are not cut out that were left out because a picture of theirs cannot be decoded, in order. */
  readonly badPictures: readonly number[];
  /** What a person cut out and is not in it, by the numbers that the samples are stored under. */
  readonly cuts: readonly Cut[];
  /** What opens the same recording again in another thread: plain data, read by whoever opened it. Absent in a slice. */
  readonly origin?: unknown;
  /** For a slice: the whole, and the number in it of the slice's first sample. */
  readonly slicedFrom?: { readonly whole: Recording; readonly start: number };
  /** Decodes one frame. @throws Refusal when there is none, or it is broken */
  frame(index: number, camera: CameraName): Promise<Frame>;
  close(): Promise<void>;
}

export interface RecordingParts {
  readonly metadata: RecordingMetadata;
  readonly columns: Columns;
  readonly cameras: Readonly<Record<CameraName, FrameLoader>>;
  /** Samples that do not follow the one before them, in order. */
  readonly breaks?: readonly number[];
  readonly skipped?: readonly string[];
  readonly notes?: readonly string[];
  readonly close?: () => Promise<void>;
}

/** Puts a recording together and finds its segments. */
export function createRecording(parts: RecordingParts): Recording {
  const { metadata, columns, cameras, breaks = [], skipped = [], notes = [], close = async () => {} } = parts;
  return {
    metadata,
    columns,
    cameras,
    skipped,
    notes,
    badPictures: [],
    cuts: [],
    length: columns.time.length,
    segments: findSegments(columns.time, breaks),
    async frame(index, camera) {
      const loader = cameras[camera];
      if (loader === undefined || !(index >= 0 && index < columns.time.length)) {
        throw new RangeError(`no frame ${index} of camera ${JSON.stringify(camera)} in ${metadata.name}`);
      }
      return loader.load(index);
    },
    close,
  };
}

/**
 * Samples `start` to `end` (exclusive) of a recording as a recording of their own. It shares the columns and the files;
 * closing it leaves the whole open.
 */
export function sliceRecording(recording: Recording, start: number, end: number): Recording {
  const columns: Record<string, Float64Array> & { time: Float64Array } = { time: new Float64Array() };
  for (const [name, column] of Object.entries(recording.columns)) columns[name] = column!.subarray(start, end);
  const cameras: Record<CameraName, FrameLoader> = {};
  for (const [name, loader] of Object.entries(recording.cameras)) {
    cameras[name] = {
      has: (index) => loader.has(start + index),
      load: (index) => loader.load(start + index),
      ...(loader.encoded && { encoded: (index: number) => loader.encoded!(start + index) }),
    };
  }
  const segments = recording.segments
    .map((segment) => ({ start: Math.max(segment.start, start) - start, end: Math.min(segment.end, end) - start }))
    .filter((segment) => segment.end > segment.start);
  const whole = recording.slicedFrom?.whole ?? recording;
  const slicedFrom = { whole, start: start + (recording.slicedFrom?.start ?? 0) };
  return { ...createRecording({ metadata: recording.metadata, columns, cameras }), segments, slicedFrom };
}
