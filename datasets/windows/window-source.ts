import type { CameraName } from '../../sim/frame.ts';
import { Refusal } from '../../sim/refusal.ts';
import { type Crop, cropAndResize, type ImageSize, NO_CROP } from '../images/resize.ts';
import type { Recording } from '../recording/recording.ts';
import { PackedFrameCache } from './frame-cache.ts';
import { LABELS, labelsAt } from './labels.ts';
import type { PackedCache, PackedFrames } from './packed-cache.ts';
import { planWindows } from './plan.ts';

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
  /** Loads windows. @throws Refusal when a picture is missing or broken */
  load(indices: readonly number[]): Promise<WindowBatch>;
  /** Steering angle of the last sample of each window [rad], NaN without label: for balancing. */
  readonly steering?: Float32Array;
  /** The window that begins with the sample after each window's last, -1 where there is none: for carried memory. */
  readonly next?: Int32Array;
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

/**
 * Windows over recordings (or slices of them). A window never crosses a gap, the end of a recording, or a sample whose
 * frame was dropped. Decoded frames are kept packed, as bytes at the input size, within `cacheBytes`.
 * @throws Refusal `no-camera`, `bad-rate`
 */
export function createWindowSource(
  recordings: readonly Recording[],
  options: WindowOptions,
): WindowSource & { readonly steering: Float32Array; statistics(): WindowStatistics } {
  const { time, inputSize, crop = NO_CROP, cacheBytes = 512 * 1024 * 1024, concurrency = 8 } = options;
  const cameras = recordings.map((recording) => chooseCamera(recording, options.camera));
  const plan = planWindows(recordings, cameras, options);
  const labels = labelsAt(recordings, plan.first, options.labelShift ?? 0);
  const frameBytes = inputSize.width * inputSize.height * 3;
  const cache = new PackedFrameCache(frameBytes, cacheBytes, labels.samples);
  const underWay = new Map<number, Promise<Uint8Array>>();
  const steering = Float32Array.from(plan.windows, (start) => {
    const value = LABELS.length * plan.ticks[start + time - 1]!;
    return labels.mask[value] === 1 ? labels.targets[value]! : Number.NaN;
  });
  let decoded = 0;
  let fromCache = 0;
  let fromFiles = 0;
  const stores: (Promise<PackedFrames> | undefined)[] = recordings.map(() => undefined);
  const storeOf = (number: number): Promise<PackedFrames> | undefined => {
    const recording = recordings[number]!;
    const whole = recording.slicedFrom?.whole ?? recording;
    stores[number] ??= options.packedCache?.open(whole, cameras[number]!, inputSize, crop);
    return stores[number];
  };

  const decode = (sample: number): Promise<Uint8Array> => {
    const known = underWay.get(sample);
    if (known !== undefined) return known;
    const number = plan.recordingOf(sample);
    const index = sample - plan.first[number]!;
    const job = recordings[number]!.frame(index, cameras[number]!).then((frame) => {
      decoded++;
      const packed = cropAndResize(frame.pixels, frame, crop, inputSize);
      cache.put(sample, packed);
      void storeOf(number)?.then((store) => store.put(index + (recordings[number]!.slicedFrom?.start ?? 0), packed));
      return packed;
    });
    underWay.set(sample, job);
    return job.finally(() => underWay.delete(sample));
  };

  /** Takes what the files have out of `missing`. */
  const fromStores = async (missing: Map<number, number[]>, frames: Uint8Array): Promise<void> => {
    const byRecording = groupByRecording(missing.keys());
    for (const [number, samples] of byRecording) {
      const store = await storeOf(number)!;
      const shift = (recordings[number]!.slicedFrom?.start ?? 0) - plan.first[number]!;
      await store.read(
        samples.map((sample) => sample + shift),
        (stored, packed) => {
          const sample = stored - shift;
          for (const place of missing.get(sample)!) frames.set(packed, place * frameBytes);
          missing.delete(sample);
          cache.put(sample, packed);
          fromFiles++;
        },
      );
    }
  };
  const groupByRecording = (samples: Iterable<number>): Map<number, number[]> => {
    const groups = new Map<number, number[]>();
    for (const sample of samples) {
      const number = plan.recordingOf(sample);
      const group = groups.get(number);
      if (group === undefined) groups.set(number, [sample]);
      else group.push(sample);
    }
    return groups;
  };

  return {
    length: plan.windows.length,
    steering,
    next: plan.next,
    statistics: () => ({ decoded, fromCache, fromFiles, cacheBytes: cache.bytes }),
    async load(indices) {
      const batch = indices.length;
      const frames = new Uint8Array(batch * time * frameBytes);
      const targets = new Float32Array(batch * time * LABELS.length);
      const mask = new Float32Array(batch * time * LABELS.length);
      const speed = new Float32Array(batch * time);
      const missing = new Map<number, number[]>();
      indices.forEach((window, row) => {
        const start = plan.windows[window];
        if (start === undefined) throw new RangeError(`no window ${window} of ${plan.windows.length}`);
        for (let t = 0; t < time; t++) {
          const sample = plan.ticks[start + t]!;
          const place = row * time + t;
          for (let k = 0; k < LABELS.length; k++) {
            targets[place * LABELS.length + k] = labels.targets[sample * LABELS.length + k]!;
            mask[place * LABELS.length + k] = labels.mask[sample * LABELS.length + k]!;
          }
          speed[place] = labels.speed[sample]!;
          if (cache.copy(sample, frames, place * frameBytes)) {
            fromCache++;
            continue;
          }
          const places = missing.get(sample);
          if (places === undefined) missing.set(sample, [place]);
          else places.push(place);
        }
      });
      if (options.packedCache !== undefined && missing.size > 0) await fromStores(missing, frames);
      const jobs = missing.entries();
      const work = async (): Promise<void> => {
        for (const [sample, places] of jobs) {
          const packed = await decode(sample);
          for (const place of places) frames.set(packed, place * frameBytes);
        }
      };
      await Promise.all(Array.from({ length: Math.min(concurrency, missing.size) }, work));
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
