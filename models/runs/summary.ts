import { z } from 'zod';
import { OUTPUT_NAMES } from '../spec.ts';
import { epochRecordSchema, numberOrNull } from '../training/records.ts';
import { referenceSchema } from './run-config.ts';

const errorsSchema = z.object({ rmse: z.number(), mae: z.number() });
const besideBaselines = errorsSchema.extend({
  baselines: z.object({ zero: errorsSchema, mean: errorsSchema, repeat: errorsSchema.nullable() }),
});
const scoreSchema = besideBaselines.extend({
  /** Pearson's r of predictions and truth; null where one of them never changes, absent in earlier versions. */
  correlation: z.number().nullable().optional(),
  /** Against the truth as it was recorded, where a smoothed one judges; `floor` is what the smoothed truth itself has. */
  recorded: besideBaselines.extend({ floor: errorsSchema }).optional(),
});
/** Open-loop scores of a head on what was held back, against the truth that every model is judged by, beside what needs no image. */
export type HeldBackScore = z.infer<typeof scoreSchema>;
const scoresSchema = z.partialRecord(z.enum(OUTPUT_NAMES), scoreSchema);
/** The same by head; a head without a single label is not there. */
export type HeldBackScores = z.infer<typeof scoresSchema>;

/** `summary.json`: what came of a run. */
export const runSummarySchema = z.strictObject({
  /** `early`: no better validation for long enough. `aborted`: by a person. `failed`: `error` says why. */
  stopped: z.enum(['finished', 'early', 'aborted', 'failed']),
  /** Why it did not go on or, beside a model, why what was held back could not be scored. */
  error: z.string().optional(),
  /** The model that came of it; null when none did. */
  model: referenceSchema.nullable().default(null),
  best: epochRecordSchema.nullable().default(null),
  history: z.array(epochRecordSchema).default([]),
  parameters: z.int().optional(),
  windows: z.object({ training: z.int(), validation: z.int() }).optional(),
  /** By head; null when nothing was held back. */
  test: scoresSchema.nullable().default(null),
  /** Of the last time that it went on. */
  seconds: numberOrNull.optional(),
});
export type RunSummary = z.infer<typeof runSummarySchema>;
