import { z } from 'zod';
import { BACKEND_NAMES } from '../../../models/backend/open-backend.ts';
import { dataSettingsSchema, trainingSchema } from '../../../models/training/options.ts';

/** Everything that was asked for: enough to do it again. */
export const runConfigSchema = z.strictObject({
  /** Folders of recordings, absolute. */
  recordings: z.array(z.string()),
  format: z.string().optional(),
  skipBad: z.boolean().optional(),
  /** Model folder, absolute. */
  out: z.string(),
  architecture: z.string(),
  networkOptions: z.record(z.string(), z.unknown()).optional(),
  /** A model folder whose weights it began with, and the SHA-256 of these. */
  from: z.strictObject({ folder: z.string(), sha256: z.string() }).optional(),
  ...dataSettingsSchema.shape,
  /** With all defaults filled in. */
  training: trainingSchema,
});
export type RunConfig = z.infer<typeof runConfigSchema>;

/** The data that was trained on. */
export const runDataSchema = z.strictObject({
  /** Of all recordings together. */
  sha256: z.string(),
  recordings: z.array(z.strictObject({ name: z.string(), samples: z.int(), sha256: z.string() })),
});
export type RunData = z.infer<typeof runDataSchema>;

/** `run.json`. */
export const runSchema = z.strictObject({
  format: z.literal('wheelhouse-run'),
  version: z.literal(1),
  begun: z.string(),
  config: runConfigSchema,
  /** Seed of weights, order and chance. */
  seed: z.int(),
  data: runDataSchema,
  environment: z.strictObject({
    wheelhouse: z.string(),
    node: z.string(),
    tfjs: z.string(),
    platform: z.string(),
    cpus: z.string(),
    backend: z.enum(BACKEND_NAMES),
    /** Graphics adapter, where the backend has one. */
    adapter: z.string().nullable(),
  }),
});
export type RunDescription = z.infer<typeof runSchema>;
