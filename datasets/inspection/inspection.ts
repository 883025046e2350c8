import type { ColumnStatistics } from './column-statistics.ts';
import type { LabelAgreement } from './label-agreement.ts';
import type { PictureFindings } from './pictures.ts';
import type { SteeringHabits } from './steering-habits.ts';
import type { Timing } from './timing.ts';

/** All that was found out about a recording, as data. */
export interface Inspection {
  /** What the recording is called; where that is a path, its last part. */
  readonly name: string;
  readonly format: string;
  /** Samples that a person cut out; everything here is of what is left. */
  readonly cut: number;
  readonly timing: Timing;
  /** By column, without `time`. */
  readonly columns: Readonly<Record<string, ColumnStatistics>>;
  readonly steering: SteeringHabits | undefined;
  readonly pictures: readonly PictureFindings[];
  /** Judged by the centre camera, or the first one. */
  readonly agreement: LabelAgreement | undefined;
  /** Samples spread evenly, with their pictures: worth showing. */
  readonly strip: readonly number[];
  readonly findings: readonly Finding[];
}

/** One thing that a person should know about a recording. */
export interface Finding {
  /** Stable, kebab-case. */
  readonly code: string;
  /** `error`: training on it as it is would fail or teach nonsense; `warning`: worth mending; `info`: worth knowing. */
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  /** What to do about it. */
  readonly advice: string;
}
