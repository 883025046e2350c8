import type { Interpolated } from '../recording/edits.ts';
import type { ColumnStatistics } from './column-statistics.ts';
import type { LabelAgreement } from './label-agreement.ts';
import type { PictureFindings } from './pictures.ts';
import type { SteeringHabits } from './steering-habits.ts';
import type { Timing } from './timing.ts';

/** All that was found out about a recording, as data. */
export interface Inspection {
  /** What the recording is called. */
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
  /** Single values that fall away from their neighbours and come back, by their numbers here. */
  readonly dropouts: readonly Interpolated[];
  /** Samples from all over the recording that are worth showing: bends, where there are any. */
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
