import { type Role, wordsOf } from '../../../datasets/formats/columns/roles.ts';
import { roleOfColumn, type Unit, unitInName } from '../../../datasets/formats/columns/units.ts';

/** Whose angles a column holds, where its name says so. */
export type Side = 'predicted' | 'truth';

/** What the name of a column says. */
export interface ColumnName {
  readonly side: Side | undefined;
  /** `frame` names frames; `value` is a name that says only whose values they are, such as `predicted`. */
  readonly holds: Role | 'frame' | 'value' | undefined;
  /** Of an angle or a time. */
  readonly unit: Unit | undefined;
}

/** How people call what a model said; DonkeyCar's is the pilot's. */
const PREDICTED = [
  ...['predicted', 'prediction', 'predictions', 'predict', 'pred', 'preds', 'ypred', 'hat', 'yhat'],
  ...['estimated', 'estimate', 'est', 'inferred', 'inference', 'output', 'outputs', 'out', 'forecast'],
  ...['model', 'network', 'net', 'nn', 'cnn', 'pilot', 'autopilot', 'vorhersage'],
];
/** How people call what was recorded. */
const TRUTH = [
  ...['truth', 'true', 'ytrue', 'actual', 'ground', 'gt', 'groundtruth', 'label', 'labels', 'target', 'targets'],
  ...['recorded', 'real', 'measured', 'reference', 'ref', 'expert', 'human', 'user', 'driver', 'original'],
];
const FRAMES = ['frame', 'frames', 'id', 'index', 'idx', 'sample', 'row', 'filename', 'number', 'no', 'nr', 'seq'];
/** Letters of formulas that stand before or after such words. */
const LETTERS = ['y', 'x', 'a'];

/** What a column's name says of whose angles it holds, in which unit. */
export function readColumnName(name: string): ColumnName {
  const words = wordsOf(name);
  const side = words.some((word) => PREDICTED.includes(word))
    ? 'predicted'
    : words.some((word) => TRUTH.includes(word))
      ? 'truth'
      : undefined;
  const rest = words.filter((word) => ![...PREDICTED, ...TRUTH, ...LETTERS].includes(word));
  const unit = unitInName(name, 'steering');
  if (rest.length === 0) return { side, holds: side && 'value', unit };
  if (rest.every((word) => FRAMES.includes(word))) return { side, holds: 'frame', unit };
  const role = roleOfColumn(rest.join('_'));
  if (role === 'time') return { side, holds: role, unit: unitInName(name, 'time') };
  // `predicted_deg`: what is left is the unit.
  if (role === undefined && side !== undefined && unit !== undefined && rest.length === 1) {
    return { side, holds: 'value', unit };
  }
  return { side, holds: role, unit };
}
