import type { CameraName } from '../../sim/frame.ts';
import { Refusal } from '../../sim/refusal.ts';
import type { Recording } from '../recording/recording.ts';
import { BAND_COUNT, difference, digest, type FrameDigest, sidewaysMotion } from './scene-motion.ts';

/** Below this mean luminance a frame is black, below this deviation it shows nothing. */
const BLACK = 8;
const BLANK = 1.5;
/** Frames whose small pictures differ by less (of 255) are the same picture. */
const SAME = 0.2;
/** Frames are looked at in runs of this many, so that motion shows. */
const RUN = 240;
const CONCURRENCY = 4;

/** What the frames of one camera show. */
export interface PictureFindings {
  readonly camera: CameraName;
  /** Frames looked at; fewer than the samples when the recording is long. */
  readonly looked: number;
  /** Samples without a frame of this camera. */
  readonly dropped: number;
  /** Samples whose frame could not be decoded, with the reason. */
  readonly broken: { readonly sample: number; readonly reason: string }[];
  readonly black: number[];
  /** Samples whose frame is the same as the one before. */
  readonly same: number;
  /** Longest run of the same frame while the car was moving (or its speed is unknown). */
  readonly longestFrozen: { readonly start: number; readonly length: number };
  /** By band: sideways motion from each sample's frame to the next, right positive, share of the width; NaN if unknown. */
  readonly motion: Float64Array[];
}

/** @param maxFrames frames to look at; a longer recording is looked at in runs spread over it */
export async function inspectPictures(
  recording: Recording,
  camera: CameraName,
  maxFrames: number,
  onFrame: (done: number, total: number) => void,
  signal?: AbortSignal,
): Promise<PictureFindings> {
  const { length, columns, cameras, segments } = recording;
  const loader = cameras[camera]!;
  const speed = columns.measuredSpeed ?? columns.speed;
  const starts = new Set(segments.map((segment) => segment.start));
  const broken: { sample: number; reason: string }[] = [];
  const black: number[] = [];
  const motion = Array.from({ length: BAND_COUNT }, () => new Float64Array(length).fill(Number.NaN));
  let dropped = 0;
  for (let i = 0; i < length; i++) if (!loader.has(i)) dropped++;
  let looked = 0;
  let same = 0;
  let frozen = { start: 0, length: 1 };
  let longestFrozen = frozen;

  const load = async (index: number): Promise<FrameDigest | undefined> => {
    if (!loader.has(index)) return undefined;
    try {
      return digest(await loader.load(index));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      broken.push({ sample: index, reason: error.message });
      return undefined;
    }
  };

  const runs = chooseRuns(length, maxFrames);
  const total = runs.reduce((sum, run) => sum + run.end - run.start, 0);
  for (const run of runs) {
    let before: FrameDigest | undefined;
    for (let at = run.start; at < run.end && signal?.aborted !== true; at += CONCURRENCY) {
      const indices = Array.from({ length: Math.min(CONCURRENCY, run.end - at) }, (_, k) => at + k);
      const digests = await Promise.all(indices.map(load));
      digests.forEach((now, k) => {
        const index = at + k;
        onFrame(++looked, total);
        if (now !== undefined && (now.mean < BLACK || now.deviation < BLANK)) black.push(index);
        const follows = before !== undefined && now !== undefined && !starts.has(index);
        if (follows && difference(before!, now!) < SAME) {
          same++;
          const moving = speed === undefined || Number.isNaN(speed[index]!) || Math.abs(speed[index]!) > 0.5;
          frozen = moving ? { start: frozen.start, length: frozen.length + 1 } : { start: index, length: 1 };
          if (frozen.length > longestFrozen.length) longestFrozen = frozen;
        } else frozen = { start: index, length: 1 };
        if (follows) {
          sidewaysMotion(before!, now!).forEach((shift, band) => {
            motion[band]![index - 1] = shift;
          });
        }
        before = now;
      });
    }
  }
  broken.sort((a, b) => a.sample - b.sample);
  return { camera, looked, dropped, broken, black, same, longestFrozen, motion };
}

function chooseRuns(length: number, maxFrames: number): { start: number; end: number }[] {
  if (length <= maxFrames) return length === 0 ? [] : [{ start: 0, end: length }];
  const count = Math.max(1, Math.floor(maxFrames / RUN));
  const size = Math.min(RUN, maxFrames);
  return Array.from({ length: count }, (_, k) => {
    const start = Math.floor(((k + 0.5) * length) / count - size / 2);
    return { start, end: start + size };
  });
}
