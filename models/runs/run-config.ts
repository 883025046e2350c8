import { z } from 'zod';
import { columnReadingsSchema } from '../../datasets/formats/columns/readings.ts';
import { BACKEND_NAMES } from '../backend/open-backend.ts';
import { dataSettingsSchema, trainingSchema } from '../training/options.ts';

/**
 * What a run names: a folder by its absolute path, or a thing of the library by its id. A run that lies in a library
 * means that one, whoever opens it; ids are checked where they become paths.
 */
export const referenceSchema = z.union([
  z.strictObject({ folder: z.string().min(1) }),
  z.strictObject({ id: z.string().min(1).max(80) }),
]);
export type Reference = z.infer<typeof referenceSchema>;

/** A model whose weights a run begins with. */
const initialModelSchema = z.strictObject({
  model: referenceSchema,
  /** SHA-256 of its weights; absent until the run has read them. */
  sha256: z.string().optional(),
});
export type InitialModel = z.infer<typeof initialModelSchema>;

/** How recordings are read, as `OpenOptions` of datasets/formats say; angles in rad, rates in Hz. */
const readingSchema = z.strictObject({
  rate: z.exactOptional(z.number().positive()),
  steeringRatio: z.exactOptional(z.number().positive()),
  fullSteering: z.exactOptional(z.number().positive()),
  columns: z.exactOptional(columnReadingsSchema),
});

/** Everything that was asked for: enough to do it again. */
export const runConfigSchema = z.strictObject({
  recordings: z.array(referenceSchema).min(1),
  /** Format of the recordings; found out when absent. */
  format: z.string().optional(),
  /** Whether broken samples are left out. */
  skipBad: z.boolean().optional(),
  /** What else was said of how to read them. */
  reading: readingSchema.optional(),
  /** Folder of the model, absolute; absent: it becomes a model of the library. */
  out: z.string().optional(),
  /** Name of the network in the zoo, and its own options. */
  architecture: z.string(),
  networkOptions: z.record(z.string(), z.unknown()).optional(),
  from: initialModelSchema.optional(),
  ...dataSettingsSchema.shape,
  /** Asked for; the description's environment says what it became. */
  backend: z.enum(['auto', ...BACKEND_NAMES]).default('auto'),
  /** With all defaults filled in. */
  training: trainingSchema,
});
export type RunConfig = z.infer<typeof runConfigSchema>;

/** What a person calls a folder or thing. */
export function nameOf(reference: Reference): string {
  return 'id' in reference ? reference.id : reference.folder;
}
