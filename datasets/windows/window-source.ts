import type { CameraName } from '../../sim/frame.ts';
import { Refusal } from '../../sim/refusal.ts';
import { type Crop, type ImageSize, NO_CROP } from '../images/resize.ts';
import type { Recording } from '../recording/recording.ts';
import { FrameSupply } from './frame-supply.ts';
import { LABELS, labelsAt } from './labels.ts';
import type { PackedCache } from './packed-cache.ts';
import { planWindows } from './plan.ts';
import { type CameraView, labelledFor, sideViews } from './side-cameras.ts';
import { smoothingOf, smoothSteering } from './smooth-steering.ts';

/** Windows ready to be trained on. */
export interface WindowBatch {
  /** `[batch, time, height, width, channel]`, RGB at the model's input size. */
  frames: Uint8Array;
  /** `[batch, time, 3]`: steering-wheel angle [rad], speed [m/s], torque [N·m]; 0 where there is no label. */
  targets: Float32Array;
  /** `[batch, time, 3]`: 1 where the label exists, else 0. */
  mask: Float32Array;
  /** `[batch, time]`: measured speed [m/s]; the speed label where none was measured, 0 where neither is known. */
  speed: Float32Array;
  batch: number;
  time: number;
}

/** Windows of T consecutive samples, by number. */
export interface WindowSource {
  /** Number of windows. */
  readonly length: number;
  /** Loads windows into memory of their own, which the caller may change. @throws Refusal when a picture is missing or broken */
  load(indices: readonly number[]): Promise<WindowBatch>;
  /** Steering angle of the last sample of each window [rad], NaN without label: for balancing. */
  readonly steering?: Float32Array;
  /** The window that begins with the sample after each window's last, -1 where there is none: for carried memory. */
  readonly next?: Int32Array;
  /**
   * Number of a window's sample `t`, those of all recordings numbered through in the order in which they were given (with side
   * cameras: those of all cameras).
   */
  sampleAt?(window: number, t: number): number;
}

export interface WindowOptions {
  /** Samples per window (T). */
  readonly time: number;
  /** Samples between the starts of two windows. Default 1. */
  readonly stride?: number;
  /** Size of the frames given out: the model's input size. */
  readonly inputSize: ImageSize;
  /** Cut off before resizing. Default nothing. */
  readonly crop?: Crop;
  /** Default `centre`, or the only camera there is. */
  readonly camera?: CameraName;
  /**
   * Rate of the samples in a window [Hz]: at each tick the sample nearest in time is taken. Default: every sample, at the
   * recording's own rate.
   */
  readonly rate?: number;
  /** Labels are taken this much later than the frame [s], interpolated: makes up for a delay. Default 0. */
  readonly labelShift?: number;
  /**
   * Standard deviation of a Gaussian that the steering angles are smoothed with [s]; `auto` smooths those of recordings
   * that are steered in pulses. Default 0.
   */
  readonly smoothing?: number | 'auto';
  /**
   * Windows of the cameras `left` and `right` too, which look as if the car stood this far beside its line [m]; their
   * steering leads back to it. Default 0: none.
   */
  readonly sideCameras?: number;
  /** Memory for decoded frames [bytes]. Default 512 MiB. */
  readonly cacheBytes?: number;
  /** Keeps decoded frames in files too, so that the next run need not decode them. Share one among all sources. */
  readonly packedCache?: PackedCache;
  /** Frames decoded at the same time. Default 8. */
  readonly concurrency?: number;
}

/** What a window source tells about its work. */
export interface WindowStatistics {
  readonly decoded: number;
  readonly fromCache: number;
  readonly fromFiles: number;
  readonly cacheBytes: number;
}

/** Which sample is where in which window: a window is consecutive ticks from its start on. */
export interface SampleOrder {
  readonly ticks: Int32Array;
  readonly starts: Int32Array;
}

/** `WindowSource.sampleAt` of windows in this order. */
export function samplesIn({ ticks, starts }: SampleOrder): PlannedWindows['sampleAt'] {
  return (window, t) => ticks[starts[window]! + t]!;
}

/** A window source that knows all about its windows. */
export type PlannedWindows = WindowSource & {
  readonly steering: Float32Array;
  readonly next: Int32Array;
  /** Samples in the order in which windows read them, and where among them each window begins. */
  readonly order: SampleOrder;
  sampleAt(window: number, t: number): number;
  statistics(): WindowStatistics;
};

/**
 * Windows over recordings (or slices of them). A window never crosses a gap, the end of a recording, or a sample whose
 * frame was dropped. Decoded frames are kept packed, as bytes at the input size, within `cacheBytes`.
 * @throws Refusal `no-camera`, `bad-rate`
 */
export function createWindowSource(given: readonly Recording[], options: WindowOptions): PlannedWindows {
  const views = given.flatMap((recording): CameraView[] => [
    { recording, camera: chooseCamera(recording, options.camera), offset: 0 },
    ...sideViews(recording, options.sideCameras ?? 0),
  ]);
  const recordings = views.map(({ recording }) => recording);
  const cameras = views.map(({ camera }) => camera);
  const { time, inputSize, crop = NO_CROP, cacheBytes = 512 * 1024 * 1024, concurrency = 8, packedCache } = options;
  const plan = planWindows(recordings, cameras, options);
  const { smoothing = 0 } = options;
  const smooth = views.map(({ recording, ...view }) =>
    labelledFor({ ...view, recording: smoothSteering(recording, smoothingOf(recording, smoothing)) }),
  );
  const labels = labelsAt(smooth, plan.first, options.labelShift ?? 0);
  const { samples } = labels;
  const supply = new FrameSupply({
    recordings,
    cameras,
    plan,
    samples,
    size: inputSize,
    crop,
    cacheBytes,
    packedCache,
    concurrency,
  });
  const steering = Float32Array.from(plan.windows, (start) => {
    const value = LABELS.length * plan.ticks[start + time - 1]!;
    return labels.mask[value] === 1 ? labels.targets[value]! : Number.NaN;
  });

  const order = { ticks: plan.ticks, starts: plan.windows };
  return {
    length: plan.windows.length,
    steering,
    next: plan.next,
    order,
    sampleAt: samplesIn(order),
    statistics() {
      const { decoded, fromCache, fromFiles, cacheBytes } = supply;
      return { decoded, fromCache, fromFiles, cacheBytes };
    },
    async load(indices) {
      const batch = indices.length;
      const wanted = new Int32Array(batch * time);
      const targets = new Float32Array(batch * time * LABELS.length);
      const mask = new Float32Array(batch * time * LABELS.length);
      const speed = new Float32Array(batch * time);
      indices.forEach((window, row) => {
        const start = plan.windows[window];
        if (start === undefined) throw new RangeError(`no window ${window} of ${plan.windows.length}`);
        for (let t = 0; t < time; t++) {
          const sample = plan.ticks[start + t]!;
          const place = row * time + t;
          wanted[place] = sample;
          for (let k = 0; k < LABELS.length; k++) {
            targets[place * LABELS.length + k] = labels.targets[sample * LABELS.length + k]!;
            mask[place * LABELS.length + k] = labels.mask[sample * LABELS.length + k]!;
          }
          speed[place] = labels.speed[sample]!;
        }
      });
      const frames = new Uint8Array(batch * time * supply.frameBytes);
      await supply.fill(wanted, frames);
      return { frames, targets, mask, speed, batch, time };
    },
  };
}

function chooseCamera(recording: Recording, wanted: CameraName | undefined): CameraName {
  const names = Object.keys(recording.cameras);
  const chosen = wanted ?? (names.length === 1 ? names[0] : 'centre');
  if (chosen !== undefined && names.includes(chosen)) return chosen;
  throw new Refusal(
    'no-camera',
    recording.metadata.name,
    `the recording has no camera ${JSON.stringify(chosen ?? 'centre')}`,
    names.length === 0 ? 'use a recording with images' : `choose one of: ${names.join(', ')}`,
  );
}
