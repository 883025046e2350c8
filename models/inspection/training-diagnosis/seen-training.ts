import { blindError, type Verdict, verdictOf } from '../../open-loop/verdict.ts';
import { OUTPUT_NAMES, type OutputName } from '../../spec.ts';
import { type TrainingOptions, trainingOptions } from '../../training/options.ts';
import { bestOf, type EpochRecord } from '../../training/records.ts';

/** Errors of a head on what was held back, beside what needs no image. */
interface HeadErrors {
  readonly rmse: number;
  readonly baselines: { readonly zero: { readonly rmse: number }; readonly mean: { readonly rmse: number } };
  /** Pearson's r; null where one side never changes, absent in runs of earlier versions. */
  readonly correlation?: number | null | undefined;
}

/** All that a diagnosis of a training looks at. */
export interface SeenTraining {
  readonly history: readonly EpochRecord[];
  readonly options: Readonly<TrainingOptions>;
  /** How it ended; null while it goes on. */
  readonly stopped: 'finished' | 'early' | 'aborted' | 'failed' | null;
  /** Against the truth that every model is judged by, by head; null when nothing was tested (yet). */
  readonly test: Partial<Readonly<Record<OutputName, HeadErrors>>> | null;
}

/** What one looks at is called the same everywhere; in the unit of the head or, for a loss, without one. */
export interface Beside {
  readonly model: number;
  /** The better of always saying 0 and always saying the mean; in a validation the mean. */
  readonly baseline: number;
  readonly kind: 'rmse' | 'loss';
  readonly correlation: number | null;
}

/** What nobody has changed. */
export const DEFAULTS = trainingOptions();

/** How a head does on what it has not seen: by the test or else the best epoch's validation; undefined when unknown. */
export function unseen(
  { history, test }: Pick<SeenTraining, 'history' | 'test'>,
  head: OutputName,
): Beside | undefined {
  const tested = test?.[head];
  if (tested !== undefined) {
    const baseline = blindError(tested);
    return { model: tested.rmse, baseline, kind: 'rmse', correlation: tested.correlation ?? null };
  }
  const validated = bestOf(history)?.heads?.[head];
  if (validated === undefined) return undefined;
  return { model: validated.loss, baseline: validated.mean, kind: 'loss', correlation: null };
}

/** What saying the mean costs a head, by loss: labels are scaled to a spread of 1, so that it is their variance or half of it. */
const COST_OF_MEAN = { mse: 1, mae: 1, huber: 0.5, gaussian: 0.5 } as const;

/** What saying the mean would cost all heads together: what a training loss must come below to have learned anything. */
export function lossOfMeans({ loss, headWeights }: Pick<TrainingOptions, 'loss' | 'headWeights'>): number {
  return OUTPUT_NAMES.reduce((sum, name) => sum + headWeights[name] * COST_OF_MEAN[loss], 0);
}

/** Whether a head has learned, by the same measure as every test. */
export function learned({ model, baseline, kind, correlation }: Beside): Verdict {
  // Huber's loss and the square one fall with the square of an error.
  const share = kind === 'rmse' ? model / baseline : Math.sqrt(Math.max(0, model / baseline));
  return verdictOf(share, correlation);
}
