import { z } from 'zod';
import type { Examination } from '../../../models/training/examination/examination.ts';
import type { Progress } from '../../../models/training/progress.ts';
import type { EpochRecord } from '../../../models/training/records.ts';
import type { Transferred } from '../../../models/training/transfer.ts';
import type { Clip } from './last-look.ts';
import type { Inside } from './look-inside.ts';
import type { RunSummary } from './run-config.ts';

/** What is known of a network before it learns; kept with the run. */
export const runPlanSchema = z.object({
  parameters: z.number(),
  multiplyAdds: z.number(),
  layers: z.array(z.object({ name: z.string(), shape: z.array(z.number()).readonly() })).readonly(),
  windows: z.object({ training: z.number(), validation: z.number(), test: z.number() }),
  /** Names of recordings whose steering is smoothed before it is learned. */
  smoothed: z.array(z.string()).readonly().default([]),
  backend: z.string(),
  adapter: z.string().nullable(),
});
export type RunPlan = Readonly<z.infer<typeof runPlanSchema>>;

/** What a training worker tells its page. */
export type RunEvent =
  | { readonly type: 'stage'; readonly words: string }
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
      readonly test: RunSummary['test'] | null;
    }
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
