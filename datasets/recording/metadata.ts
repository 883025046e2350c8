import { z } from 'zod';

const text = z.string().min(1);
const positive = z.number().positive();

/** One camera of a recording. */
export const cameraSchema = z.strictObject({
  /** Width of its frames [px]. */
  width: z.int().min(1).max(16384),
  /** Height of its frames [px]. */
  height: z.int().min(1).max(16384),
  /** Where and how it is mounted, free-form: position [m], rotation [rad], field of view [rad]. */
  mount: z.record(text, z.json()).optional(),
});

/** How a column came from a field of the source: `column = factor * field + offset`. */
export const conversionSchema = z.strictObject({
  column: text,
  /** Name of the field in the source. */
  field: text,
  /** Unit and sign of the field, in words. */
  unit: text,
  factor: z.number(),
  /** In the column's unit; 0 when absent. */
  offset: z.number().optional(),
  /** Where the factor comes from, or what was assumed. */
  note: text.optional(),
});

/** Everything about a recording but its samples. JSON throughout. */
export const metadataSchema = z.strictObject({
  /** Format that the recording was read from, e.g. `wheelhouse`, `udacity-simulator`. */
  format: text,
  /** What the recording is called, e.g. its folder's name. */
  name: z.string(),
  /** Nominal rate of the samples [Hz]. */
  rate: positive,
  /** Whether times were recorded with each sample, or the source has none and the rate was assumed. */
  timeSource: z.enum(['recorded', 'assumed-rate']),
  cameras: z.record(text, cameraSchema),
  conversions: z.array(conversionSchema),
  /** ISO 8601 date and time. */
  createdAt: z.string().optional(),
  /** Who drove: a driver's name. */
  driver: z.string().optional(),
  seed: z.int().min(0).optional(),
  /** Free-form descriptions of what was driven, on what, in what. */
  vehicle: z.json().optional(),
  track: z.json().optional(),
  conditions: z.json().optional(),
  /** Where (0, 0, 0) of `x` and `y` lies in the coordinates of the file that the road comes from [m]; see `Track.origin`. */
  origin: z.strictObject({ x: z.number(), y: z.number(), z: z.number() }).optional(),
  /** How many other cars there were. */
  traffic: z.json().optional(),
  /** What the source says about itself and has no place above. */
  source: z.json().optional(),
  /** For an imported recording: the metadata it had in its first format. */
  importedFrom: z.json().optional(),
});

export type CameraMetadata = z.infer<typeof cameraSchema>;
export type Conversion = z.infer<typeof conversionSchema>;
export type RecordingMetadata = z.infer<typeof metadataSchema>;
