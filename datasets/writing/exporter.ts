import type { ImageCodec } from '../images/codec.ts';
import type { Recording } from '../recording/recording.ts';
import type { FileStorage } from '../storage/storage.ts';
import type { TransferOptions, TransferResult } from './samples.ts';
import type { Journal } from './unfinished.ts';

/** How to write a recording in somebody else's format; every format takes what concerns it. */
export interface ExportOptions extends TransferOptions {
  /** Steering-wheel angle over road-wheel angle. Default: that of the recording's import, else 15.5. */
  readonly steeringRatio?: number;
  /** Road-wheel angle that is written as a steering of 1 [rad]. Default: the format's own. */
  readonly fullSteering?: number;
  /** Speed written for recordings without speed, for formats that must have one [m/s]. Default: they are refused. */
  readonly assumedSpeed?: number;
  /** Whether a table gets a header line. Default true. */
  readonly header?: boolean;
  /** Most that is in one file of a format with several [MB]. Default: the format's own. */
  readonly fileSizes?: { readonly data: number; readonly video: number };
  /** What an earlier run has done; for resumable formats. */
  readonly journal?: Journal;
  /** Called now and then with the number of samples that are written. */
  readonly onWritten?: (samples: number) => void;
  /** Called before a video is encoded: gives machines without WebCodecs the chance to bring some. */
  readonly prepareVideo?: () => Promise<unknown>;
}

/** A format that can be written. */
export interface RecordingExporter {
  readonly name: string;
  readonly title: string;
  /** Whether an export that was stopped can go on with the pictures that it has written; else it begins anew. */
  readonly resumable: boolean;
  /**
   * Writes a recording into a folder that is empty but for the journal; `exportRecording` looks after the folder.
   * @throws Refusal for the first bad sample, unless they are skipped; Stopped
   */
  export(
    recording: Recording,
    storage: FileStorage,
    codec: ImageCodec,
    options: ExportOptions,
  ): Promise<TransferResult>;
}
