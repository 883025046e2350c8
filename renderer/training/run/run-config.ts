import { z } from 'zod';
import { idSchema } from '../../../datasets/library/names.ts';
import { trainingSchema } from '../../../models/training/options.ts';

/** Everything that starts the same training again; kept with the run. */
export const runConfigSchema = z.strictObject({
  /** Name of the network in the zoo, and its own options. */
  architecture: z.string(),
  network: z.record(z.string(), z.unknown()),
  /** Ids of recordings in the library. */
  recordings: z.array(idSchema).min(1),
  /** Frames in a window; the architecture's own when absent. */
  time: z.int().min(1).max(512).optional(),
  /** Samples between the starts of two windows. */
  stride: z.int().min(1).max(512),
  /** Share of the samples that validates, and share of each recording's end that is held back. */
  validation: z.number().min(0).max(0.5),
  testTail: z.number().min(0).max(0.5),
  backend: z.enum(['auto', 'wasm', 'webgpu', 'cpu']),
  training: trainingSchema,
});
export type RunConfig = z.infer<typeof runConfigSchema>;

/** What a run says of itself when it has ended; part of the host's run. */
export const runSummarySchema = z.looseObject({
  /** Id of the model that came of it. */
  model: z.string().optional(),
  bestEpoch: z.number().optional(),
  validationLoss: z.number().nullable().optional(),
  seconds: z.number().optional(),
  stopped: z.string().optional(),
  error: z.string().optional(),
});
export type RunSummary = z.infer<typeof runSummarySchema>;
