import type { OpenLoopScore } from './open-loop-score.ts';

/** Whether predictions follow the truth, do so a little, or not at all. */
export type Verdict = 'well' | 'little' | 'nothing';

/** Shares of the baseline's error. Rules of thumb: an error of 0.7 goes with r = 0.71, half of the variance explained. */
const NO_BETTER = 0.97;
const WELL = 0.7;
/** A correlation below which predictions and truth have next to nothing to do with each other. */
const UNRELATED = 0.2;

type Judged = Pick<OpenLoopScore, 'rmse' | 'correlation' | 'baselines'>;

/** The error of the better of always saying 0 and always saying the mean. */
export function blindError({
  baselines: { zero, mean },
}: {
  readonly baselines: { readonly zero: { readonly rmse: number }; readonly mean: { readonly rmse: number } };
}): number {
  return Math.min(zero.rmse, mean.rmse);
}

/** How well predictions follow the truth, compared with what needs no image. */
export function verdictOn(score: Judged): Verdict {
  return verdictOf(score.rmse / blindError(score), score.correlation);
}

/**
 * The same from figures alone.
 * @param share of the error that needs no image
 * @param correlation of predictions and truth; null where it is not known
 */
export function verdictOf(share: number, correlation: number | null): Verdict {
  if (!(share < NO_BETTER) || (correlation !== null && correlation < UNRELATED)) return 'nothing';
  return share < WELL ? 'well' : 'little';
}

/** What a test says of a model's steering, in plain words. */
export function verdictInWords(score: Judged): string {
  const r = score.correlation === null ? '' : ` (r = ${score.correlation.toFixed(2)})`;
  const beside =
    `Its steering is off by ${score.rmse.toFixed(2)} rad where the better of always straight on and always the mean is ` +
    `off by ${blindError(score).toFixed(2)}${r}.`;
  const words: Readonly<Record<Verdict, string>> = {
    well: 'It steers by what it sees here: let it drive, for only that shows how errors add up.',
    little: 'It sees something of where these roads go, not all: train it on recordings like these too.',
    nothing: 'It does not steer by what it sees here: train it on recordings like these.',
  };
  return `${beside} ${words[verdictOn(score)]}`;
}
