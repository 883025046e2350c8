import { nearestAt } from './time-series.ts';

/** Something a camera gave at a moment. */
export interface Shot {
  /** Since any moment, the same for all cameras [ns]. */
  readonly stamp: bigint;
}

/** Shots of several cameras by sample: those of the main camera, and of every other the nearest one. */
export interface AlignedCameras<T extends Shot> {
  /** The main camera's shots, which make the samples. */
  readonly samples: readonly T[];
  /** Times of the samples since the first [s]. */
  readonly time: Float64Array;
  /** By camera, sorted by name: its shot of each sample; undefined where it has none near. */
  readonly shots: ReadonlyMap<string, readonly (T | undefined)[]>;
  /** Seconds from the first sample. */
  seconds(stamp: bigint): number;
}

/** Cameras that run at 20 Hz without being synchronised fire within half a period of one another [s]. */
const REACH = 0.025;

/**
 * @param byCamera shots by camera in any order; the camera `centre`, or else the first, is the main one
 * @returns undefined when there is no shot at all
 */
export function alignCameras<T extends Shot>(
  byCamera: ReadonlyMap<string, readonly T[]>,
): AlignedCameras<T> | undefined {
  const sorted = new Map<string, T[]>();
  for (const [camera, shots] of [...byCamera].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (shots.length > 0) sorted.set(camera, [...shots].sort(inTime));
  }
  const main = sorted.has('centre') ? 'centre' : sorted.keys().next().value;
  if (main === undefined) return undefined;
  const samples = sorted.get(main)!;
  const start = samples[0]!.stamp;
  const seconds = (stamp: bigint) => Number((stamp - start) / 1000n) / 1e6;
  const time = Float64Array.from(samples, ({ stamp }) => seconds(stamp));
  const shots = new Map<string, readonly (T | undefined)[]>();
  for (const [camera, list] of sorted) {
    if (camera === main) {
      shots.set(camera, list);
      continue;
    }
    const moments = Float64Array.from(list, ({ stamp }) => seconds(stamp));
    const near = [...nearestAt(moments, time, REACH)].map((place) => list[place]);
    if (near.some((shot) => shot !== undefined)) shots.set(camera, near);
  }
  return { samples, time, shots, seconds };
}

function inTime(a: Shot, b: Shot): number {
  if (a.stamp === b.stamp) return 0;
  return a.stamp < b.stamp ? -1 : 1;
}
