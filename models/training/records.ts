import { z } from 'zod';
import type { Weights } from '../network/weights.ts';
import type { OptimiserState } from './optimiser.ts';

/** JSON has no NaN: where a number does not exist, it is null. */
export const numberOrNull = z
  .number()
  .nullable()
  .transform((value) => value ?? Number.NaN);

/** What is known of an epoch when it is over. */
export const epochRecordSchema = z.strictObject({
  /** Counted from 1. */
  epoch: z.int(),
  /** Mean training loss over the epoch's steps. */
  loss: numberOrNull,
  /** Mean norm of all gradients together, before clipping. */
  gradientNorm: numberOrNull,
  /** NaN without validation windows. */
  validationLoss: numberOrNull,
  /** At the epoch's last step. */
  learningRate: numberOrNull,
  /** Tensors alive at the end of the epoch. */
  tensors: z.int(),
});
export type EpochRecord = Readonly<z.infer<typeof epochRecordSchema>>;

/** Where a training stands between two steps: enough to go on as if it had never stopped. */
export interface TrainingState {
  /** Epochs done. */
  readonly epoch: number;
  /** Steps done of the epoch that follows; absent between two epochs. */
  readonly step?: number;
  readonly weights: Weights;
  /** The weights of the best epoch so far. */
  readonly bestWeights: Weights;
  readonly optimiser: OptimiserState;
  readonly history: readonly EpochRecord[];
  /** What some trainings keep besides, by name: sums of a begun epoch, averaged weights, learned head weights, memory. */
  readonly more?: ReadonlyMap<string, Float32Array>;
}

/** The number that decides which epoch is better: validation loss or, without validation windows, training loss. */
export function judged(record: EpochRecord): number {
  return Number.isNaN(record.validationLoss) ? record.loss : record.validationLoss;
}

/** The first epoch with the least loss. */
export function bestOf(history: readonly EpochRecord[]): EpochRecord | undefined {
  return history.reduce<EpochRecord | undefined>(
    (best, record) => (best === undefined || judged(record) < judged(best) ? record : best),
    undefined,
  );
}
