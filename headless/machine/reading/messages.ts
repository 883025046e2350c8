import type { OpenOptions } from '../../../datasets/formats/format.ts';
import type { Cut } from '../../../datasets/recording/edits.ts';
import type { RecordingMetadata } from '../../../datasets/recording/metadata.ts';
import type { EncodedFrame } from '../../../datasets/recording/recording.ts';
import type { Segment } from '../../../datasets/recording/segments.ts';
import type { Frame } from '../../../sim/frame.ts';

/** How to read, as it can be told to a thread. */
export interface ReadingOptions extends Omit<OpenOptions, 'prepareVideo'> {
  /** Name of the format; detected by content when absent. */
  readonly format?: string;
  /** What a person calls the folder or file, for refusals; its path by default. */
  readonly name?: string;
}

/** What a thread is asked; recordings are known by the number of the question that opened them. */
export type Question =
  | { readonly kind: 'open'; readonly path: string; readonly options: ReadingOptions }
  | { readonly kind: 'frame' | 'encoded'; readonly recording: number; readonly camera: string; readonly index: number }
  | { readonly kind: 'fingerprint'; readonly recording: number; readonly camera: string }
  | { readonly kind: 'close'; readonly recording: number };

/** A recording as a thread tells of it. */
export interface OpenedRecording {
  readonly metadata: RecordingMetadata;
  readonly columns: Readonly<Record<string, Float64Array>>;
  readonly segments: readonly Segment[];
  readonly skipped: readonly string[];
  readonly cuts: readonly Cut[];
  readonly cameras: Readonly<Record<string, OpenedCamera>>;
}

export interface OpenedCamera {
  /** 1 for each sample that has a frame. */
  readonly has: Uint8Array;
  readonly encoded: boolean;
  readonly fingerprint: boolean;
}

/** What each kind of question is answered with. */
export interface Answers {
  readonly open: OpenedRecording;
  readonly frame: Frame;
  readonly encoded: EncodedFrame;
  readonly fingerprint: string;
  readonly close: undefined;
}

/** What a thread says. */
export type Word =
  | { readonly kind: 'ready' }
  /** It is not stuck: said every `BEAT` while it has a question. `bytes` is all that it read from files so far. */
  | { readonly kind: 'beat'; readonly bytes: number }
  /** The file that is read from now on. */
  | { readonly kind: 'at'; readonly file: string }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'refused'; readonly id: number; readonly code: string; readonly message: string }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string };

/** Time between two signs of life [ms]. */
export const BEAT = 100;
