import type { AppendHandle, FileStorage } from '../storage/storage.ts';
import type { PackedFrames } from './packed-frames.ts';

/** Frames next to each other in a file are read at once, up to this much [bytes]. */
const READ_BYTES = 4 * 1024 * 1024;
/** Frames that wait to be written; beyond this they are not kept, and decoded again next time [bytes]. */
const WAITING_BYTES = 64 * 1024 * 1024;

/** `<key>-<part>.bin` holds frames, `<key>-<part>.idx` the sample of each as 32-bit numbers, written after the frame. */
export class FrameFiles implements PackedFrames {
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
    // The first frame makes the folder.
    const entries = await storage.list().catch(() => []);
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
    // Fewer bytes come back, or none, when somebody cleared the cache meanwhile: those frames are decoded again.
    const bytes = await this.#storage
      .readRange(this.#parts[part]!, slot * size, samples.length * size)
      .catch(() => new Uint8Array());
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
