import type { Recording } from '../../recording/recording.ts';
import { TIME_FEATURE } from './elements.ts';
import { OWN_ELEMENTS } from './info.ts';
import type { TableShape } from './parquet-tables.ts';

const ACTIONS = ['steering_wheel_angle_rad', 'speed_mps', 'steering_torque_nm', 'throttle', 'brake'];
const STATES = ['measured_speed_mps', 'measured_steering_wheel_angle_rad'];

/** A vector feature that we write: its name, those of its elements, and the columns they come from. */
export interface VectorFeature {
  readonly key: string;
  readonly names: readonly string[];
  readonly columns: readonly string[];
}

/** The feature of a camera. */
export const videoKey = (camera: string): string => `observation.images.${camera === 'centre' ? 'front' : camera}`;

/** The vectors that a recording has something for. */
export function vectorsOf(recording: Recording): VectorFeature[] {
  return [
    { key: 'action', all: ACTIONS },
    { key: 'observation.state', all: STATES },
  ].flatMap(({ key, all }) => {
    const names = all.filter((name) => recording.columns[OWN_ELEMENTS[name]!] !== undefined);
    return names.length === 0 ? [] : [{ key, names, columns: names.map((name) => OWN_ELEMENTS[name]!) }];
  });
}

/** The columns of the data files, each row being a sample: vectors first, then our time, then LeRobot's bookkeeping. */
export function dataShape(vectors: readonly VectorFeature[]): TableShape[] {
  return [
    // A vector of one is a plain column, as LeRobot has it.
    ...vectors.map(({ key, names }) => ({
      name: key,
      type: 'float' as const,
      ...(names.length > 1 && { length: names.length }),
    })),
    { name: TIME_FEATURE, type: 'double' },
    { name: 'timestamp', type: 'float' },
    { name: 'frame_index', type: 'int64' },
    { name: 'episode_index', type: 'int64' },
    { name: 'index', type: 'int64' },
    { name: 'task_index', type: 'int64' },
  ];
}

/** `features` of `meta/info.json`. @param fps frames a second */
export function describeFeatures(
  recording: Recording,
  vectors: readonly VectorFeature[],
  fps: number,
): Record<string, unknown> {
  const features: Record<string, unknown> = {};
  for (const [camera, { width, height }] of Object.entries(recording.metadata.cameras)) {
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
  for (const { key, names } of vectors) features[key] = { dtype: 'float32', shape: [names.length], names };
  const scalar = (dtype: string) => ({ dtype, shape: [1], names: null });
  return {
    ...features,
    [TIME_FEATURE]: scalar('float64'),
    timestamp: scalar('float32'),
    frame_index: scalar('int64'),
    episode_index: scalar('int64'),
    index: scalar('int64'),
    task_index: scalar('int64'),
  };
}
