import { type Recording, sliceRecording } from '../../recording/recording.ts';
import type { PlannedWindows, WindowBatch, WindowOptions, WindowStatistics } from '../window-source.ts';

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

/** What a loader thread answers to; sources are known by a number that the asker gives them. */
export type LoaderCalls = {
  open(source: number, pieces: readonly RecordingPiece[], options: LoaderOptions): Promise<OpenedWindows>;
  load(source: number, indices: readonly number[]): Promise<LoadedWindows>;
  /** Writes what the packed cache still has to write, and closes the recordings. */
  close(): Promise<void>;
};

/** What of `PlannedWindows` can be sent. */
export type OpenedWindows = Pick<PlannedWindows, 'length' | 'steering' | 'next' | 'order'>;

export interface LoadedWindows {
  readonly batch: WindowBatch;
  readonly statistics: WindowStatistics;
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
