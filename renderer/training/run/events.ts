import type { Examination } from '../../../models/inspection/examine.ts';
import type { Progress } from '../../../models/training/progress.ts';
import type { EpochRecord } from '../../../models/training/records.ts';
import type { Inside } from './look-inside.ts';

/** What is known of a network before it learns. */
export interface RunPlan {
  readonly parameters: number;
  readonly multiplyAdds: number;
  readonly layers: readonly { readonly name: string; readonly shape: readonly number[] }[];
  readonly windows: { readonly training: number; readonly validation: number; readonly test: number };
  readonly backend: string;
  readonly adapter: string | null;
}

/** What a training worker tells its page. */
export type RunEvent =
  | { readonly type: 'stage'; readonly words: string }
  | { readonly type: 'plan'; readonly plan: RunPlan }
  | { readonly type: 'progress'; readonly progress: Progress; readonly step: number }
  | { readonly type: 'epoch'; readonly record: EpochRecord; readonly step: number }
  | { readonly type: 'clip'; readonly predicted: Float32Array; readonly truth: Float32Array; readonly rate: number }
  | { readonly type: 'examined'; readonly examination: Examination }
  | { readonly type: 'inside'; readonly inside: Inside }
  | { readonly type: 'paused' }
  | { readonly type: 'resumed' }
  | { readonly type: 'done'; readonly model: string | null; readonly stopped: 'finished' | 'early' | 'aborted' }
  | { readonly type: 'failed'; readonly message: string };

/** What a page tells its training worker. */
export type RunOrder =
  | {
      readonly type: 'start';
      readonly run: string;
      readonly name: string;
      readonly config: unknown;
      readonly resume: boolean;
    }
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }
  | { readonly type: 'stop' };
