import { z } from 'zod';
import { epochRecordSchema, numberOrNull } from '../training/records.ts';
import { referenceSchema } from './run-config.ts';

const errorsSchema = z.object({ rmse: z.number(), mae: z.number() });
const scoreSchema = errorsSchema.extend({
  baselines: z.object({ zero: errorsSchema, mean: errorsSchema, repeat: errorsSchema.nullable() }),
});
/** Open-loop scores of a head on what was held back, beside what needs no image. */
export type HeldBackScore = z.infer<typeof scoreSchema>;

/** `summary.json`: what came of a run. */
export const runSummarySchema = z.strictObject({
  /** `early`: no better validation loss for long enough. `aborted`: by a person. `failed`: `error` says why. */
  stopped: z.enum(['finished', 'early', 'aborted', 'failed']),
  error: z.string().optional(),
  /** The model that came of it; null when none did. */
  model: referenceSchema.nullable().default(null),
  best: epochRecordSchema.nullable().default(null),
  history: z.array(epochRecordSchema).default([]),
  parameters: z.int().optional(),
  windows: z.object({ training: z.int(), validation: z.int() }).optional(),
  /** By head; null when nothing was held back. */
  test: z
    .partialRecord(z.enum(['steeringAngle', 'speed', 'torque']), scoreSchema)
    .nullable()
    .default(null),
  /** Of the last time that it went on. */
  seconds: numberOrNull.optional(),
});
export type RunSummary = z.infer<typeof runSummarySchema>;
