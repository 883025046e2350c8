import { Refusal } from '../../../sim/refusal.ts';
import { type Recording, sliceRecording } from '../../recording/recording.ts';
import type { WindowBatch, WindowOptions, WindowStatistics } from '../window-source.ts';

/** A piece of a recording, as something that can be sent to a thread. */
export interface RecordingPiece {
  /** What opens the whole recording; see `Recording.origin`. */
  readonly origin: unknown;
  /** Samples of the whole, the end exclusive. */
  readonly start: number;
  readonly end: number;
}

/** How windows are made, as something that can be sent to a thread, which has a packed cache of its own. */
export type LoaderOptions = Omit<WindowOptions, 'packedCache'>;

/** What a loader thread is asked for. */
export type LoaderCall =
  | {
      readonly kind: 'open';
      readonly source: number;
      readonly pieces: readonly RecordingPiece[];
      readonly options: LoaderOptions;
    }
  | { readonly kind: 'load'; readonly source: number; readonly indices: readonly number[] }
  | { readonly kind: 'close' };

/** What it answers, by the kind of call. */
export interface LoaderAnswers {
  readonly open: { readonly length: number; readonly steering: Float32Array; readonly next: Int32Array };
  readonly load: { readonly batch: WindowBatch; readonly statistics: WindowStatistics };
  readonly close: null;
}

export type LoaderRequest = LoaderCall & { readonly id: number };
export type LoaderReply =
  | { readonly id: number; readonly answer: LoaderAnswers[keyof LoaderAnswers] }
  | { readonly id: number; readonly error: { readonly message: string; readonly refused: string | null } };

/** One end of a connection to a thread: a `Worker` or its inside, in Node or in a browser. */
export interface LoaderPort {
  /** @param transfer buffers that are handed over instead of copied */
  post(message: unknown, transfer: readonly ArrayBuffer[]): void;
  /** @param onEnd called when the other side is gone */
  listen(onMessage: (message: unknown) => void, onEnd: (error: Error) => void): void;
}

/** @returns the piece, or undefined where nobody knows how to open the recording again */
export function pieceOf(recording: Recording): RecordingPiece | undefined {
  const { whole, start } = recording.slicedFrom ?? { whole: recording, start: 0 };
  return whole.origin === undefined ? undefined : { origin: whole.origin, start, end: start + recording.length };
}

/** The piece of a recording that has been opened. */
export function cutPiece(whole: Recording, { start, end }: RecordingPiece): Recording {
  return start === 0 && end === whole.length ? whole : sliceRecording(whole, start, end);
}

/** An error as something that can be sent, and back. */
export function packError(error: unknown): { message: string; refused: string | null } {
  const message = error instanceof Error ? error.message : String(error);
  return { message, refused: error instanceof Refusal ? error.code : null };
}

export function unpackError({ message, refused }: { message: string; refused: string | null }): Error {
  if (refused === null) return new Error(message);
  // The message has its place and its mend already.
  return Object.assign(new Refusal(refused, '', '', ''), { message });
}
