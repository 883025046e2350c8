import type { RecordingFinding } from '../../../datasets/inspection/look-before-training.ts';
import type { RunPlan } from '../../../models/runs/metric-lines.ts';
import type { HeldBackScores } from '../../../models/runs/summary.ts';
import type { Examination } from '../../../models/training/examination/examination.ts';
import type { Progress } from '../../../models/training/progress.ts';
import type { EpochRecord } from '../../../models/training/records.ts';
import type { Transferred } from '../../../models/training/transfer.ts';
import type { Clip } from './last-look.ts';
import type { Inside } from './look-inside.ts';

/** What a training worker tells its page. */
export type RunEvent =
  | { readonly type: 'stage'; readonly words: string }
  /** What is worth mending of the recordings, before anything is learned from them. */
  | { readonly type: 'findings'; readonly findings: readonly RecordingFinding[] }
  | { readonly type: 'plan'; readonly plan: RunPlan }
  | { readonly type: 'progress'; readonly progress: Progress; readonly step: number }
  | { readonly type: 'epoch'; readonly record: EpochRecord; readonly step: number }
  | ({ readonly type: 'clip' } & Clip)
  | { readonly type: 'examined'; readonly examination: Examination; readonly step: number }
  | ({ readonly type: 'transferred' } & Transferred)
  | { readonly type: 'inside'; readonly inside: Inside }
  /** The host does not answer, or answers again. */
  | { readonly type: 'away'; readonly away: boolean }
  | { readonly type: 'paused' }
  | { readonly type: 'resumed' }
  | {
      readonly type: 'done';
      readonly model: string | null;
      readonly stopped: 'finished' | 'early' | 'aborted';
      /** Steering on what was held back; null when nothing was. */
      readonly test: HeldBackScores | null;
      /** Why what was held back could not be scored; null when it was, or nothing was held back. */
      readonly untested: string | null;
    }
  | { readonly type: 'failed'; readonly message: string };

/** What a page tells its training worker. */
export type RunOrder =
  /** Begin the run of this id, or go on with it. `holder` is who this page is to others that would train it. */
  | { readonly type: 'start'; readonly run: string; readonly holder: string }
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }
  | { readonly type: 'stop' };
