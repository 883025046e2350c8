import { z } from 'zod';
import { specSchema } from '../spec.ts';

/** Version of the model folder that this program writes; it reads this one and older. */
export const MODEL_FORMAT_VERSION = 1;

export const MODEL_FILE = 'model.json';
export const WEIGHTS_FILE = 'weights.bin';

/** One variable in `weights.bin`, where the variables lie one after the other. */
const weightSchema = z.strictObject({
  name: z.string().min(1),
  shape: z.array(z.int().min(1)),
  dtype: z.literal('float32'),
  /** 4 · numbers, little-endian. */
  byteLength: z.int().min(4),
});

/** How the weights came about; for people and reports, no part of the network. */
export const trainingSummarySchema = z.looseObject({
  seed: z.number().optional(),
  epochs: z.number().optional(),
  bestEpoch: z.number().optional(),
  validationLoss: z.number().nullable().optional(),
  windows: z.number().optional(),
  /** How the labels were made of the recorded steering, as docs/training-options.md tells it. */
  smoothing: z.union([z.number(), z.literal('auto')]).optional(),
  labelShift: z.number().optional(),
  /** What it has seen; absent in models that are older. */
  recordings: z
    .array(
      z.object({
        name: z.string(),
        samples: z.number(),
        sha256: z.string(),
        /** Of the steering angles alone. */
        steering: z.string().optional(),
        /** Size of its frames [px]. */
        frame: z.object({ width: z.number().positive(), height: z.number().positive() }).optional(),
      }),
    )
    .optional(),
});
export type TrainingSummary = z.infer<typeof trainingSummarySchema>;

/** `model.json`. */
export const modelFileSchema = z.strictObject({
  format: z.literal('wheelhouse-model'),
  version: z.int().min(1),
  spec: specSchema,
  training: trainingSummarySchema.nullable(),
  weights: z.strictObject({
    file: z.literal(WEIGHTS_FILE),
    byteLength: z.int().min(4),
    /** Of the whole file, hexadecimal. */
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    variables: z.array(weightSchema),
  }),
});
export type ModelFile = z.infer<typeof modelFileSchema>;
