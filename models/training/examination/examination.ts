import { z } from 'zod';
import { numberOrNull as number } from '../records.ts';

/** Counts by bin. */
const counts = z.array(z.number());

/** What goes through a layer. */
const layerSchema = z.object({
  layer: z.string(),
  /** Root of the mean square of its outputs. */
  rms: number,
  /** Share of its units that are 0 for every frame of the batch. */
  dead: number,
  /** Root of the mean, over its units, of their variance over frames, relative to `rms`: 0 when nothing changes. */
  variation: number,
  /** Its outputs by `ACTIVATION_BINS`. */
  histogram: counts,
});
export type LayerActivity = Readonly<z.infer<typeof layerSchema>>;

/** What moves a variable. */
const variableSchema = z.object({
  variable: z.string(),
  gradientNorm: number,
  weightNorm: number,
  /** Its gradient by `GRADIENT_BINS`. */
  histogram: counts,
});
export type VariableActivity = Readonly<z.infer<typeof variableSchema>>;

/** All layers and variables at one step, as it is kept with a run. */
export const examinationSchema = z.object({
  /** Counted from 1. */
  epoch: z.int(),
  /** Steps done in this epoch. */
  step: z.int(),
  learningRate: number,
  layers: z.array(layerSchema).readonly(),
  variables: z.array(variableSchema).readonly(),
  /** Variation of each output over the batch, in scaled units, and that of its labels; NaN without labels. */
  outputs: z.array(z.object({ spread: number, labelSpread: number }).readonly()).readonly(),
});
export type Examination = Readonly<z.infer<typeof examinationSchema>>;
