import type { OpenOptions } from '../../../datasets/formats/format.ts';
import type { Cut } from '../../../datasets/recording/edits.ts';
import type { RecordingMetadata } from '../../../datasets/recording/metadata.ts';
import type { Segment } from '../../../datasets/recording/segments.ts';

/** How to read, as it can be told to a process. */
export interface ReadingOptions extends Omit<OpenOptions, 'prepareVideo'> {
  /** Name of the format; detected by content when absent. */
  readonly format?: string;
  /** What a person calls the folder or file, for refusals; its path by default. */
  readonly name?: string;
}

/** A recording as a reading process tells of it. */
export interface OpenedRecording {
  /** What it is called in further calls. */
  readonly number: number;
  readonly metadata: RecordingMetadata;
  readonly columns: Readonly<Record<string, Float64Array>>;
  readonly segments: readonly Segment[];
  readonly skipped: readonly string[];
  readonly notes: readonly string[];
  readonly badPictures: readonly number[];
  readonly cuts: readonly Cut[];
  readonly cameras: Readonly<Record<string, OpenedCamera>>;
}

export interface OpenedCamera {
  /** 1 for each sample that has a frame. */
  readonly has: Uint8Array;
  readonly encoded: boolean;
  readonly fingerprint: boolean;
}

/** What a reading process says meanwhile. */
export type Word =
  /** It is not stuck: said every `BEAT` while it has a question. `bytes` is all that it read from files so far. */
  | { readonly kind: 'beat'; readonly bytes: number }
  /** The file that is read from now on. */
  | { readonly kind: 'at'; readonly file: string };

/** Time between two signs of life [ms]. */
export const BEAT = 100;
