import type { CameraName } from '../../sim/frame.ts';
import type { Crop, ImageSize } from '../images/resize.ts';
import { bytesOf, hashHex } from '../recording/hash.ts';
import type { Recording } from '../recording/recording.ts';
import type { AppendHandle, FileStorage } from '../storage/storage.ts';

/** Raised when the same picture would give other bytes, so that old caches are not read. */
const RESIZE_VERSION = 1;
/** Frames next to each other in a file are read at once, up to this much [bytes]. */
const READ_BYTES = 4 * 1024 * 1024;
/** Frames that wait to be written; beyond this they are not kept, and decoded again next time [bytes]. */
const WAITING_BYTES = 64 * 1024 * 1024;

/** The frames of one recording and camera at one size, in files. */
export interface PackedFrames {
  /** Calls back for each of the samples that is there, in any order; `packed` is valid during the call only. */
  read(samples: readonly number[], found: (sample: number, packed: Uint8Array) => void): Promise<void>;
  /** Keeps a frame; written in the background. */
  put(sample: number, packed: Uint8Array): void;
}

/** Decoded, cropped and resized frames in files, found again by the content of what they were made from. */
export interface PackedCache {
  open(recording: Recording, camera: CameraName, size: ImageSize, crop: Crop): Promise<PackedFrames>;
  /** Writes what waits and closes the files. */
  close(): Promise<void>;
}

export interface PackedCacheOptions {
  /** Most bytes that this cache adds to its folder. Default 16 GiB. */
  readonly limitBytes?: number;
}

/**
 * A cache in a folder. Each process that opens one adds files of its own, so several may share the folder; like a
 * recording, a file is readable whenever its writer dies. Deleting the folder is always safe.
 */
export function createPackedCache(storage: FileStorage, options: PackedCacheOptions = {}): PackedCache {
  const opened = new Map<string, Promise<FrameFiles>>();
  const budget = { left: options.limitBytes ?? 16 * 1024 ** 3 };
  return {
    async open(recording, camera, size, crop) {
      const key = await contentKey(recording, camera, size, crop);
      let files = opened.get(key);
      if (files === undefined) {
        files = FrameFiles.open(storage, key, size.width * size.height * 3, recording.length, budget);
        opened.set(key, files);
      }
      return files;
    },
    async close() {
      for (const files of opened.values()) await (await files).close();
      opened.clear();
      await storage.close();
    },
  };
}

async function contentKey(recording: Recording, camera: CameraName, size: ImageSize, crop: Crop): Promise<string> {
  const made = {
    RESIZE_VERSION,
    camera,
    size: [size.width, size.height],
    crop: [crop.top, crop.bottom, crop.left, crop.right],
  };
  const pictures = (await recording.cameras[camera]!.fingerprint?.()) ?? JSON.stringify(recording.metadata);
  const text = new TextEncoder().encode(JSON.stringify([made, pictures]));
  return hashHex([text, bytesOf(recording.columns.time)]).slice(0, 32);
}

/** `<key>-<part>.bin` holds frames, `<key>-<part>.idx` the sample of each as 32-bit numbers, written after the frame. */
class FrameFiles implements PackedFrames {
  readonly #storage: FileStorage;
  readonly #frameBytes: number;
  readonly #budget: { left: number };
  readonly #parts: string[] = [];
  /** Part and place in it of each sample; part -1 where it is absent. */
  readonly #part: Int16Array;
  readonly #slot: Int32Array;
  readonly #ownName: string;
  #own: { part: number; frames: AppendHandle; index: AppendHandle; count: number } | undefined;
  #waiting: { sample: number; packed: Uint8Array }[] = [];
  readonly #claimed = new Set<number>();
  #writing: Promise<void> | undefined;

  static async open(
    storage: FileStorage,
    key: string,
    frameBytes: number,
    samples: number,
    budget: { left: number },
  ): Promise<FrameFiles> {
    const files = new FrameFiles(storage, key, frameBytes, samples, budget);
    const entries = await storage.list();
    const sizes = new Map(entries.map(({ name, size }) => [name, size]));
    for (const { name } of entries) {
      if (!name.startsWith(`${key}-`) || !name.endsWith('.idx')) continue;
      const base = name.slice(0, -4);
      const whole = Math.floor((sizes.get(`${base}.bin`) ?? 0) / frameBytes);
      const bytes = await storage.read(name);
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const part = files.#parts.push(`${base}.bin`) - 1;
      for (let slot = 0; slot < Math.min(whole, Math.floor(bytes.length / 4)); slot++) {
        const sample = view.getUint32(4 * slot, true);
        if (sample < samples) files.#place(sample, part, slot);
      }
    }
    return files;
  }

  private constructor(
    storage: FileStorage,
    key: string,
    frameBytes: number,
    samples: number,
    budget: { left: number },
  ) {
    this.#storage = storage;
    this.#frameBytes = frameBytes;
    this.#budget = budget;
    this.#part = new Int16Array(samples).fill(-1);
    this.#slot = new Int32Array(samples);
    this.#ownName = `${key}-${crypto.randomUUID().slice(0, 8)}`;
  }

  async read(samples: readonly number[], found: (sample: number, packed: Uint8Array) => void): Promise<void> {
    const here = samples.filter((sample) => this.#part[sample]! >= 0);
    here.sort((a, b) => this.#part[a]! - this.#part[b]! || this.#slot[a]! - this.#slot[b]!);
    const most = Math.max(1, Math.floor(READ_BYTES / this.#frameBytes));
    const jobs: Promise<void>[] = [];
    for (let from = 0; from < here.length; ) {
      const [part, slot] = [this.#part[here[from]!]!, this.#slot[here[from]!]!];
      let to = from + 1;
      while (to < here.length && this.#part[here[to]!] === part && this.#slot[here[to]!] === slot + to - from) {
        if (++to - from === most) break;
      }
      jobs.push(this.#readRun(here.slice(from, to), part, slot, found));
      from = to;
    }
    await Promise.all(jobs);
  }

  put(sample: number, packed: Uint8Array): void {
    if (this.#part[sample]! >= 0 || this.#claimed.has(sample) || this.#budget.left < packed.length) return;
    if ((this.#waiting.length + 1) * this.#frameBytes > WAITING_BYTES) return;
    this.#budget.left -= packed.length;
    this.#claimed.add(sample);
    this.#waiting.push({ sample, packed });
    // A full or broken disk costs the cache, not the training.
    this.#writing ??= this.#write().catch(() => {
      this.#budget.left = 0;
      this.#waiting = [];
    });
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#own?.frames.close();
    await this.#own?.index.close();
    this.#own = undefined;
  }

  async #readRun(
    samples: readonly number[],
    part: number,
    slot: number,
    found: (sample: number, packed: Uint8Array) => void,
  ): Promise<void> {
    const size = this.#frameBytes;
    const bytes = await this.#storage.readRange(this.#parts[part]!, slot * size, samples.length * size);
    // Fewer bytes come back when somebody cleared the cache meanwhile: those frames are decoded again.
    for (let i = 0; (i + 1) * size <= bytes.length; i++) found(samples[i]!, bytes.subarray(i * size, (i + 1) * size));
  }

  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      if (this.#own === undefined) {
        const frames = await this.#storage.openAppend(`${this.#ownName}.bin`);
        const index = await this.#storage.openAppend(`${this.#ownName}.idx`);
        this.#own = { part: this.#parts.push(`${this.#ownName}.bin`) - 1, frames, index, count: 0 };
      }
      const own = this.#own;
      const batch = this.#waiting;
      this.#waiting = [];
      const pixels = new Uint8Array(batch.length * this.#frameBytes);
      const numbers = new DataView(new ArrayBuffer(4 * batch.length));
      batch.forEach(({ sample, packed }, i) => {
        pixels.set(packed, i * this.#frameBytes);
        numbers.setUint32(4 * i, sample, true);
      });
      await own.frames.append(pixels);
      await own.index.append(new Uint8Array(numbers.buffer));
      for (const { sample } of batch) {
        this.#place(sample, own.part, own.count++);
        this.#claimed.delete(sample);
      }
    }
    this.#writing = undefined;
  }

  #place(sample: number, part: number, slot: number): void {
    this.#part[sample] = part;
    this.#slot[sample] = slot;
  }
}
