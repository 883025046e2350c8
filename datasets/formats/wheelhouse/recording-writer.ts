import type { Frame } from '../../../sim/frame.ts';
import type { EncodedFrame } from '../../recording/recording.ts';
import type { RecorderWarning } from './recorder-watch.ts';

/** One sample to be written. */
export interface RecordingSample {
  /** [s] */
  readonly time: number;
  /** Values by column; NaN and undefined mean that the value is missing. */
  readonly values: Readonly<Record<string, number | undefined>>;
  /** A frame, or an encoded picture of the recording's encoding, by camera; a dropped frame is left out. */
  readonly frames: Readonly<Record<string, Frame | EncodedFrame>>;
  /** True when this sample does not follow the one before it: the car was put back, or recording was paused. */
  readonly gap?: boolean;
}

/** Writes a recording sample by sample; what was written stays readable whatever happens to this process. */
export interface RecordingWriter {
  /** Samples handed in, without those that were there before. */
  readonly count: number;
  /** Samples that wait to be encoded and written. */
  readonly pending: number;
  /** Samples lost because too many waited; always 0 with `whenFull: 'wait'`. */
  readonly dropped: number;
  /** What a person should know now, if anything. */
  readonly warning: RecorderWarning | null;
  /**
   * Takes a sample; pixels are copied. Resolves at once while fewer than `maxPending` samples wait, else as `whenFull`
   * says.
   * @throws Refusal for a bad sample, or for the first failure of an earlier write, e.g. `disk-full`
   */
  append(sample: RecordingSample): Promise<void>;
  /** Resolves when everything taken so far is with the operating system. */
  flush(): Promise<void>;
  /** Writes what waits, puts it on the disk and closes the files. */
  close(): Promise<void>;
}
