import type { Evaluation } from '../files/evaluation.ts';
import type { Metrics } from '../metrics/scores.ts';
import type { DriveTrace } from '../trace/drive-trace.ts';

/** A point of the plane: x, y [m]. */
export type Point = readonly [x: number, y: number];

/** The road as it is drawn: lines along it, from its start to its end. */
export interface RoadOutline {
  /** The line between opposing traffic. */
  readonly centre: readonly Point[];
  /** Edges of the paved surface. */
  readonly left: readonly Point[];
  readonly right: readonly Point[];
  readonly closed: boolean;
}

/** A camera frame, encoded. */
export interface EncodedFrame {
  /** World time [s]. */
  readonly time: number;
  readonly mime: string;
  readonly bytes: Uint8Array;
}

/** What a report shows of one episode beside its scores. */
export interface EpisodePictures {
  readonly road: RoadOutline;
  readonly trace: DriveTrace;
  /** In order. */
  readonly frames: readonly EncodedFrame[];
}

export interface EvaluationReportInput {
  readonly evaluation: Evaluation;
  /** For each of `evaluation.episodes`, in the same order. */
  readonly pictures: readonly EpisodePictures[];
  /** What is listed. Default: all that are registered. */
  readonly metrics?: Metrics;
}
