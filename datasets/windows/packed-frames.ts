/** The frames of one recording and camera at one size, in files. */
export interface PackedFrames {
  /** Calls back for each of the samples that is there, in any order; `packed` is valid during the call only. */
  read(samples: readonly number[], found: (sample: number, packed: Uint8Array) => void): Promise<void>;
  /** Keeps a frame; written in the background. */
  put(sample: number, packed: Uint8Array): void;
}
