import { z } from 'zod';
import { examinationSchema } from '../training/examination/examination.ts';
import { epochRecordSchema, numberOrNull } from '../training/records.ts';

/** What is known of a network before it learns. */
export const runPlanSchema = z.object({
  parameters: z.number(),
  multiplyAdds: z.number(),
  layers: z.array(z.object({ name: z.string(), shape: z.array(z.number()).readonly() })).readonly(),
  windows: z.object({ training: z.number(), validation: z.number(), test: z.number() }),
  /** Names of recordings whose steering is smoothed before it is learned. */
  smoothed: z.array(z.string()).readonly().default([]),
  /** What to know of the parts that the recordings are split into. */
  notes: z.array(z.string()).readonly().default([]),
  backend: z.string(),
  adapter: z.string().nullable(),
});
export type RunPlan = Readonly<z.infer<typeof runPlanSchema>>;

/** Steps since the training began; the first is 1. In all lines `step` means this. */
const step = z.int().min(0);
const findingSchema = z.object({ kind: z.string(), where: z.string(), text: z.string() });

/** A line of `metrics.jsonl`. A number that does not exist is null there, and NaN here. */
export const metricLineSchema = z.discriminatedUnion('kind', [
  runPlanSchema.extend({ kind: z.literal('plan') }),
  z.object({
    kind: z.literal('step'),
    epoch: z.int(),
    step,
    /** Mean training loss of the epoch so far. */
    loss: numberOrNull,
    learningRate: numberOrNull.optional(),
    /** Training speed lately. */
    framesPerSecond: numberOrNull.optional(),
  }),
  epochRecordSchema.extend({ kind: z.literal('epoch'), step }),
  examinationSchema.extend({ kind: z.literal('examination'), step, findings: z.array(findingSchema).optional() }),
]);
export type MetricLine = z.infer<typeof metricLineSchema>;

/** Steps since the training began. @param steps of an epoch */
export function overallStep({ epoch, step }: { epoch: number; step: number }, steps: number): number {
  return (epoch - 1) * steps + step;
}
