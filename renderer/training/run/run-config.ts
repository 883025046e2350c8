import { z } from 'zod';
import { idSchema } from '../../../host-api/names.ts';
import { dataSettingsSchema, trainingSchema } from '../../../models/training/options.ts';

/** Everything that starts the same training again; kept with the run. */
export const runConfigSchema = z.strictObject({
  /** Name of the network in the zoo, and its own options. */
  architecture: z.string(),
  network: z.record(z.string(), z.unknown()),
  /** Ids of recordings in the library. */
  recordings: z.array(idSchema).min(1),
  ...dataSettingsSchema.shape,
  /** Id of a model whose weights it begins with where they fit. */
  from: idSchema.optional(),
  backend: z.enum(['auto', 'wasm', 'webgpu', 'cpu']),
  training: trainingSchema,
});
export type RunConfig = z.infer<typeof runConfigSchema>;

const errorsSchema = z.object({ rmse: z.number(), mae: z.number() });

/** What a run says of itself when it has ended; part of the host's run. */
export const runSummarySchema = z.looseObject({
  /** Id of the model that came of it. */
  model: z.string().optional(),
  bestEpoch: z.number().optional(),
  validationLoss: z.number().nullable().optional(),
  seconds: z.number().optional(),
  stopped: z.string().optional(),
  /** Steering on the end that was held back [rad], beside what needs no image. */
  test: errorsSchema
    .extend({ baselines: z.object({ zero: errorsSchema, mean: errorsSchema, repeat: errorsSchema.nullable() }) })
    .optional(),
  error: z.string().optional(),
});
export type RunSummary = z.infer<typeof runSummarySchema>;
