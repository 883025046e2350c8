import type { CameraName } from '../../sim/frame.ts';
import { type Crop, cropAndResize, type ImageSize } from '../images/resize.ts';
import type { Recording } from '../recording/recording.ts';
import { PackedFrameCache } from './frame-cache.ts';
import type { PackedCache } from './packed-cache.ts';
import type { PackedFrames } from './packed-frames.ts';
import type { WindowPlan } from './plan.ts';

export interface FrameSupplyParts {
  readonly recordings: readonly Recording[];
  /** The camera to use, by recording. */
  readonly cameras: readonly CameraName[];
  readonly plan: Pick<WindowPlan, 'first' | 'recordingOf'>;
  /** Samples of all recordings. */
  readonly samples: number;
  readonly size: ImageSize;
  readonly crop: Crop;
  /** Memory for decoded frames [bytes]. */
  readonly cacheBytes: number;
  readonly packedCache: PackedCache | undefined;
  /** Frames decoded at the same time. */
  readonly concurrency: number;
}

/** Frames of the samples at the input size: out of memory, else out of the files of a packed cache, else decoded. */
export class FrameSupply {
  readonly frameBytes: number;
  decoded = 0;
  fromCache = 0;
  fromFiles = 0;
  readonly #parts: FrameSupplyParts;
  readonly #cache: PackedFrameCache;
  readonly #underWay = new Map<number, Promise<Uint8Array>>();
  readonly #stores: (Promise<PackedFrames> | undefined)[];

  constructor(parts: FrameSupplyParts) {
    this.#parts = parts;
    this.frameBytes = parts.size.width * parts.size.height * 3;
    this.#cache = new PackedFrameCache(this.frameBytes, parts.cacheBytes, parts.samples);
    this.#stores = parts.recordings.map(() => undefined);
  }

  /** Memory that decoded frames take now [bytes]. */
  get cacheBytes(): number {
    return this.#cache.bytes;
  }

  /**
   * @param samples `[place]`
   * @param out receives the frame of each at its place
   * @throws Refusal when a picture is missing or broken
   */
  async fill(samples: Int32Array, out: Uint8Array): Promise<void> {
    const missing = new Map<number, number[]>();
    samples.forEach((sample, place) => {
      if (this.#cache.copy(sample, out, place * this.frameBytes)) {
        this.fromCache++;
        return;
      }
      const places = missing.get(sample);
      if (places === undefined) missing.set(sample, [place]);
      else places.push(place);
    });
    if (this.#parts.packedCache !== undefined && missing.size > 0) await this.#fromStores(missing, out);
    const jobs = missing.entries();
    const work = async (): Promise<void> => {
      for (const [sample, places] of jobs) {
        const packed = await this.#decode(sample);
        for (const place of places) out.set(packed, place * this.frameBytes);
      }
    };
    await Promise.all(Array.from({ length: Math.min(this.#parts.concurrency, missing.size) }, work));
  }

  #storeOf(number: number): Promise<PackedFrames> | undefined {
    const { recordings, cameras, packedCache, size, crop } = this.#parts;
    const recording = recordings[number]!;
    const whole = recording.slicedFrom?.whole ?? recording;
    this.#stores[number] ??= packedCache?.open(whole, cameras[number]!, size, crop);
    return this.#stores[number];
  }

  #decode(sample: number): Promise<Uint8Array> {
    const known = this.#underWay.get(sample);
    if (known !== undefined) return known;
    const { recordings, cameras, plan, size, crop } = this.#parts;
    const number = plan.recordingOf(sample);
    const recording = recordings[number]!;
    const index = sample - plan.first[number]!;
    const job = recording.frame(index, cameras[number]!).then((frame) => {
      this.decoded++;
      const packed = cropAndResize(frame.pixels, frame, crop, size);
      this.#cache.put(sample, packed);
      void this.#storeOf(number)?.then((store) => store.put(index + (recording.slicedFrom?.start ?? 0), packed));
      return packed;
    });
    this.#underWay.set(sample, job);
    return job.finally(() => this.#underWay.delete(sample));
  }

  /** Takes what the files have out of `missing`. */
  async #fromStores(missing: Map<number, number[]>, out: Uint8Array): Promise<void> {
    const { recordings, plan } = this.#parts;
    for (const [number, samples] of this.#byRecording(missing.keys())) {
      const store = await this.#storeOf(number)!;
      const shift = (recordings[number]!.slicedFrom?.start ?? 0) - plan.first[number]!;
      await store.read(
        samples.map((sample) => sample + shift),
        (stored, packed) => {
          const sample = stored - shift;
          for (const place of missing.get(sample)!) out.set(packed, place * this.frameBytes);
          missing.delete(sample);
          this.#cache.put(sample, packed);
          this.fromFiles++;
        },
      );
    }
  }

  #byRecording(samples: Iterable<number>): Map<number, number[]> {
    const groups = new Map<number, number[]>();
    for (const sample of samples) {
      const number = this.#parts.plan.recordingOf(sample);
      const group = groups.get(number);
      if (group === undefined) groups.set(number, [sample]);
      else group.push(sample);
    }
    return groups;
  }
}
