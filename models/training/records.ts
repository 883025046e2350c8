import type { Weights } from '../network/weights.ts';
import type { OptimiserState } from './optimiser.ts';

/** What is known of an epoch when it is over. */
export interface EpochRecord {
  /** Counted from 1. */
  readonly epoch: number;
  /** Mean training loss over the epoch's steps. */
  readonly loss: number;
  /** Mean norm of all gradients together, before clipping. */
  readonly gradientNorm: number;
  /** NaN without validation windows. */
  readonly validationLoss: number;
  /** At the epoch's last step. */
  readonly learningRate: number;
  /** Tensors alive at the end of the epoch. */
  readonly tensors: number;
}

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
