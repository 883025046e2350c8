import type { CameraName } from '../../sim/frame.ts';
import { Refusal } from '../../sim/refusal.ts';
import type { Recording } from '../recording/recording.ts';
import { usualStep } from '../recording/segments.ts';

/** Which samples make up which window. Samples of all recordings are numbered through. */
export interface WindowPlan {
  /** Number of the first sample of each recording. */
  readonly first: Int32Array;
  /** Samples in the order that windows read them; a window is `time` consecutive ticks. */
  readonly ticks: Int32Array;
  /** First tick of each window. */
  readonly windows: Int32Array;
  /** The window that begins with the tick after each window's last, in the same run of samples; -1 where there is none. */
  readonly next: Int32Array;
  /** The recording that a sample belongs to. */
  recordingOf(sample: number): number;
}

/** A recording may be this much slower than the rate asked for before frames would have to be shown twice too often. */
const RATE_TOLERANCE = 1.1;

/**
 * Plans windows of `time` samples that start every `stride` samples and stay within a run of samples without gap and
 * without dropped frame.
 * @param cameras camera to use, by recording
 * @throws Refusal `bad-rate` when a recording is slower than the rate asked for
 */
export function planWindows(
  recordings: readonly Recording[],
  cameras: readonly CameraName[],
  options: { readonly time: number; readonly stride?: number; readonly rate?: number },
): WindowPlan {
  const { time, stride = 1, rate } = options;
  if (!(Number.isInteger(time) && time > 0 && Number.isInteger(stride) && stride > 0)) {
    throw new RangeError(`windows of ${time} samples with a stride of ${stride}`);
  }
  const first = new Int32Array(recordings.length);
  const ticks: number[] = [];
  const windows: number[] = [];
  const runs: number[] = [];
  let samples = 0;
  recordings.forEach((recording, number) => {
    first[number] = samples;
    const step = usualStep(recording.columns.time);
    if (rate !== undefined && 1 / step < rate / RATE_TOLERANCE) {
      throw new Refusal(
        'bad-rate',
        recording.metadata.name,
        `the recording has ${(1 / step).toFixed(1)} samples a second, ${rate} are asked for`,
        `ask for ${(1 / step).toFixed(1)} or less`,
      );
    }
    const { has } = recording.cameras[cameras[number]!]!;
    for (const { start, end } of recording.segments) {
      const taken = rate === undefined ? range(start, end) : nearest(recording.columns.time, start, end, 1 / rate);
      let run = ticks.length;
      for (const index of taken) {
        if (!has(index)) {
          run = ticks.length;
          continue;
        }
        ticks.push(samples + index);
        if (ticks.length - run < time || (ticks.length - run - time) % stride !== 0) continue;
        windows.push(ticks.length - time);
        runs.push(run);
      }
    }
    samples += recording.length;
  });
  return {
    first,
    ticks: Int32Array.from(ticks),
    windows: Int32Array.from(windows),
    next: followers(windows, runs, time),
    recordingOf(sample) {
      let low = 0;
      let high = recordings.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (first[middle]! <= sample) low = middle;
        else high = middle - 1;
      }
      return low;
    },
  };
}

function followers(windows: readonly number[], runs: readonly number[], time: number): Int32Array {
  const byStart = new Map(windows.map((start, window) => [start, window]));
  return Int32Array.from(windows, (start, window) => {
    const follower = byStart.get(start + time);
    return follower !== undefined && runs[follower] === runs[window] ? follower : -1;
  });
}

function* range(start: number, end: number): Generator<number> {
  for (let i = start; i < end; i++) yield i;
}

/** The sample nearest to each tick of a regular grid that begins with the segment. */
function* nearest(time: Float64Array, start: number, end: number, period: number): Generator<number> {
  let index = start;
  const last = time[end - 1]! + period / 2;
  for (let tick = 0; ; tick++) {
    const at = time[start]! + tick * period;
    if (at > last) return;
    while (index + 1 < end && Math.abs(time[index + 1]! - at) <= Math.abs(time[index]! - at)) index++;
    yield index;
  }
}
