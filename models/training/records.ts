import { z } from 'zod';
import type { Weights } from '../network/weights.ts';
import { OUTPUT_NAMES } from '../spec.ts';
import type { OptimiserState } from './optimiser.ts';
import type { TrainingOptions } from './options.ts';

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
  /**
   * Validation loss of each head that is taught, alone and unweighted, what always saying the mean of its labels costs, and
   * the RMSE in the head's unit, which alone does not depend on how labels are scaled; absent in records of earlier versions.
   */
  heads: z
    .partialRecord(
      z.enum(OUTPUT_NAMES),
      z.strictObject({ loss: numberOrNull, mean: numberOrNull, rmse: numberOrNull.optional() }),
    )
    .optional(),
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

/**
 * The first epoch with the least loss: of the steering where all epochs tell it apart, since a head that has nothing to
 * learn would decide otherwise; else of all heads together, in validation or, without validation windows, in training.
 */
export function bestOf(history: readonly EpochRecord[]): EpochRecord | undefined {
  const judged = history.every(({ heads }) => heads?.steeringAngle !== undefined) ? steeringLoss : summedLoss;
  return history.reduce<EpochRecord | undefined>(
    (best, record) => (best === undefined || judged(record) < judged(best) ? record : best),
    undefined,
  );
}

/**
 * Whether a training of such options is over: all epochs are done, or none was better for `patience` of them.
 * @param epoch epochs done
 */
export function endOf(
  { epoch, history }: Pick<TrainingState, 'epoch' | 'history'>,
  { epochs, patience }: Pick<TrainingOptions, 'epochs' | 'patience'>,
): 'finished' | 'early' | undefined {
  if (epoch >= epochs) return 'finished';
  const best = bestOf(history);
  return patience > 0 && best !== undefined && epoch - best.epoch >= patience ? 'early' : undefined;
}

/** The number that ranks trainings of the same windows: as `bestOf`, of one epoch. */
export function judged(record: EpochRecord): number {
  return record.heads?.steeringAngle === undefined ? summedLoss(record) : steeringLoss(record);
}

/**
 * The number that ranks trainings of different settings on the same recordings: how far off the steering is in validation
 * [RMSE, rad]; where that is not known, as `judged`.
 */
export function ranked(record: EpochRecord): number {
  return record.heads?.steeringAngle?.rmse ?? judged(record);
}

function steeringLoss({ heads }: EpochRecord): number {
  return heads?.steeringAngle?.loss ?? Number.NaN;
}

function summedLoss({ validationLoss, loss }: EpochRecord): number {
  return Number.isNaN(validationLoss) ? loss : validationLoss;
}
