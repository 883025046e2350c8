import { Refusal } from '../../../sim/refusal.ts';
import type { AngleColumn } from './angle-table.ts';
import type { AnglePairs } from './pair-angles.ts';

/**
 * Stops where what was taken for predictions is the truth itself, which tables of predictions often hold beside them.
 * @param pairs of the two columns
 * @throws Refusal `truth-as-prediction`
 */
export function refuseTruthAsPrediction(predictions: AngleColumn, truth: AngleColumn, pairs: AnglePairs): void {
  if (pairs.predicted.length < 2 || pairs.predicted.some((angle, i) => angle !== pairs.truth[i])) return;
  const what = `each of its ${pairs.predicted.length} angles is that of the truth (${truth.path}: ${truth.name})`;
  const { others } = predictions;
  const own = others.length > 0 ? `name the predicted column with --column (${others.join(', ')})` : undefined;
  const mend = own ?? `give the file of the predictions, or insist with --column ${predictions.name}`;
  throw new Refusal('truth-as-prediction', `${predictions.path}: ${predictions.name}`, what, mend);
}
