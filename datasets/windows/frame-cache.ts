/** Frames are kept in slabs of about this size, made when needed [bytes]. */
const SLAB_BYTES = 32 * 1024 * 1024;

/**
 * Frames as bytes in large slabs: no object per frame, and never more memory than allowed. When it is full, the frame
 * that was not used since the clock hand last passed makes room (the clock algorithm).
 */
export class PackedFrameCache {
  readonly #frameBytes: number;
  readonly #capacity: number;
  readonly #perSlab: number;
  readonly #slabs: Uint8Array[] = [];
  /** Slot of each sample, -1 when it is not here. */
  readonly #slotOf: Int32Array;
  /** Sample in each slot. */
  readonly #sampleIn: Int32Array;
  readonly #used: Uint8Array;
  #count = 0;
  #hand = 0;

  /**
   * @param frameBytes bytes of one frame
   * @param limit most bytes to keep; below one frame nothing is kept
   * @param samples samples are numbered 0 to `samples - 1`
   */
  constructor(frameBytes: number, limit: number, samples: number) {
    this.#frameBytes = frameBytes;
    this.#capacity = Math.min(samples, Math.floor(limit / frameBytes));
    this.#perSlab = Math.max(1, Math.floor(SLAB_BYTES / frameBytes));
    this.#slotOf = new Int32Array(samples).fill(-1);
    this.#sampleIn = new Int32Array(this.#capacity).fill(-1);
    this.#used = new Uint8Array(this.#capacity);
  }

  /** Bytes taken by slabs. */
  get bytes(): number {
    return this.#slabs.reduce((sum, slab) => sum + slab.length, 0);
  }

  /** Copies a frame to `out` at `offset`. @returns false when it is not here */
  copy(sample: number, out: Uint8Array, offset: number): boolean {
    const slot = this.#slotOf[sample]!;
    if (slot < 0) return false;
    this.#used[slot] = 1;
    const start = (slot % this.#perSlab) * this.#frameBytes;
    out.set(this.#slabs[Math.floor(slot / this.#perSlab)]!.subarray(start, start + this.#frameBytes), offset);
    return true;
  }

  /** Keeps a copy of a frame. */
  put(sample: number, frame: Uint8Array): void {
    if (this.#capacity === 0 || this.#slotOf[sample]! >= 0) return;
    const slot = this.#count < this.#capacity ? this.#count++ : this.#evict();
    const slab = Math.floor(slot / this.#perSlab);
    if (this.#slabs[slab] === undefined) {
      const frames = Math.min(this.#perSlab, this.#capacity - slab * this.#perSlab);
      this.#slabs[slab] = new Uint8Array(frames * this.#frameBytes);
    }
    this.#slabs[slab]!.set(frame, (slot % this.#perSlab) * this.#frameBytes);
    this.#slotOf[sample] = slot;
    this.#sampleIn[slot] = sample;
    this.#used[slot] = 0;
  }

  #evict(): number {
    while (this.#used[this.#hand] === 1) {
      this.#used[this.#hand] = 0;
      this.#hand = (this.#hand + 1) % this.#capacity;
    }
    const slot = this.#hand;
    this.#slotOf[this.#sampleIn[slot]!] = -1;
    this.#hand = (slot + 1) % this.#capacity;
    return slot;
  }
}
