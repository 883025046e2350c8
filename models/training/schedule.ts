import { z } from 'zod';

/** How the learning rate changes over a training, with its settings; what is not given has a usual value. */
export const scheduleSchema = z.discriminatedUnion(
  'kind',
  [
    /** Half a cosine from 1 down to `floor` over the whole training (Loshchilov & Hutter 2017). */
    z.strictObject({ kind: z.literal('cosine'), floor: z.number().min(0).lt(1).default(0.01) }),
    z.strictObject({ kind: z.literal('constant') }),
    /** Times `factor` after every `epochs` epochs. */
    z.strictObject({
      kind: z.literal('step'),
      epochs: z.number().positive().default(5),
      factor: z.number().gt(0).lt(1).default(0.5),
    }),
    /** Times `factor` per epoch, continuously. */
    z.strictObject({ kind: z.literal('exponential'), factor: z.number().gt(0).lt(1).default(0.9) }),
  ],
  { error: 'say which schedule its settings belong to: cosine, constant, step or exponential (--schedule step)' },
);
export type Schedule = z.infer<typeof scheduleSchema>;

export const SCHEDULES = scheduleSchema.options.map(({ shape }) => shape.kind.value);

/**
 * Factor on the learning rate.
 * @param epoch epochs done, with fractions
 * @param epochs of the whole training
 * @param warmUp epochs over which the rate rises linearly from 0
 */
export function scheduleFactor(schedule: Schedule, epoch: number, epochs: number, warmUp: number): number {
  const rising = warmUp > 0 && epoch < warmUp ? epoch / warmUp : 1;
  switch (schedule.kind) {
    case 'constant':
      return rising;
    case 'step':
      return rising * schedule.factor ** Math.floor(epoch / schedule.epochs);
    case 'exponential':
      return rising * schedule.factor ** epoch;
    case 'cosine': {
      const progress = Math.min(1, Math.max(0, (epoch - warmUp) / Math.max(1e-9, epochs - warmUp)));
      return rising * (schedule.floor + ((1 - schedule.floor) * (1 + Math.cos(Math.PI * progress))) / 2);
    }
  }
}
