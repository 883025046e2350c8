import type { Evaluation } from '../files/evaluation.ts';

/** A point of the plane: x, y [m]. */
export type Point = readonly [x: number, y: number];

/** The road as it is drawn: lines along it, from its start to its end. */
export interface TracedRoad {
  /** The line between opposing traffic. */
  readonly centre: readonly Point[];
  /** Edges of the paved surface. */
  readonly left: readonly Point[];
  readonly right: readonly Point[];
  readonly closed: boolean;
}

/** One control tick of a drive. */
export interface TraceSample {
  /** World time [s]. */
  readonly time: number;
  /** Position of the car [m]. */
  readonly x: number;
  readonly y: number;
  /** Distance from the middle of the driving lane, left positive [m]. */
  readonly lateralError: number;
  /** Commanded steering-wheel angle [rad], speed [m/s], torque [N·m]. */
  readonly steeringAngle: number;
  readonly speed: number;
  readonly torque: number;
  /** What the expert would have commanded at this place and moment. */
  readonly expertSteeringAngle: number;
  readonly expertSpeed: number;
  readonly expertTorque: number;
  /** Speed of the car [m/s]. */
  readonly actualSpeed: number;
}

/** The car had strayed and was put back. */
export interface TraceIntervention {
  readonly time: number;
  readonly x: number;
  readonly y: number;
  /** How far it had strayed, left positive [m]. */
  readonly lateralError: number;
}

/** A camera frame, encoded. */
export interface TraceFrame {
  readonly time: number;
  readonly mime: string;
  readonly bytes: Uint8Array;
}

/** What a report shows of one episode beside its scores. */
export interface EpisodeTrace {
  readonly track: string;
  readonly road: TracedRoad;
  /** 20 Hz, in order. */
  readonly samples: readonly TraceSample[];
  readonly interventions: readonly TraceIntervention[];
  /** In order. */
  readonly frames: readonly TraceFrame[];
}

export interface EvaluationReportInput {
  readonly evaluation: Evaluation;
  /** One for each of `evaluation.episodes`, in the same order. */
  readonly traces: readonly EpisodeTrace[];
}
