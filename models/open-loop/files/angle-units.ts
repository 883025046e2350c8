import { type CarMeasures, type Unit, unitCalled } from '../../../datasets/formats/columns/units.ts';
import { Refusal } from '../../../sim/refusal.ts';
import type { AngleColumn } from './angle-table.ts';

/** Steering wheels turn less than three times to either side; more is said in degrees [rad]. */
const FULL_LOCK = 6 * Math.PI;

/** What a person says of the units of two columns. */
export interface UnitChoices {
  /** Of the columns whose headers say none. */
  readonly unit?: string | undefined;
  /** Of the truth, where its header says none and it is another. */
  readonly truthUnit?: string | undefined;
}

/** The units of predictions and truth. */
export interface AngleUnits {
  readonly predicted: Unit;
  readonly truth: Unit;
}

/**
 * The unit of each column: what its header says, else what a person says, else rad.
 * @throws Refusal `other-unit` when the header and the person contradict each other; `unclear-unit` where one header says
 *   a unit and nobody says that of the other column; `not-rad` for angles that no steering wheel turns by
 */
export function angleUnits(predictions: AngleColumn, truth: AngleColumn, choices: UnitChoices): AngleUnits {
  const { unit, truthUnit } = choices;
  const own = unitOf(predictions, unit, '--unit', truth.unit !== undefined);
  const theirs = unitOf(
    truth,
    truthUnit ?? unit,
    truthUnit === undefined ? '--unit' : '--truth-unit',
    predictions.unit !== undefined,
  );
  // Where only one header is silent, --unit is for that one and contradicts nobody.
  const contradicted = (column: AngleColumn, said: string | undefined) =>
    column.unit !== undefined && said !== undefined && unitCalled(said, 'steering') !== column.unit;
  if (contradicted(predictions, unit) && contradicted(truth, truthUnit ?? unit)) {
    throw contradiction(predictions, unit!, '--unit');
  }
  if (truthUnit !== undefined && contradicted(truth, truthUnit)) throw contradiction(truth, truthUnit, '--truth-unit');
  return { predicted: own, truth: theirs };
}

function unitOf(column: AngleColumn, said: string | undefined, option: string, otherSays: boolean): Unit {
  if (column.unit !== undefined) return column.unit;
  if (said !== undefined) return unitCalled(said, 'steering')!;
  if (otherSays) {
    const where = `${column.path}: ${column.name}`;
    const what = 'the header says no unit, and that of the other column does';
    throw new Refusal('unclear-unit', where, what, `say it with ${option} deg or ${option} rad`);
  }
  return unitOfColumn(column);
}

/**
 * The unit that a column's header says, else rad.
 * @throws Refusal `not-rad` for angles that no steering wheel turns by
 */
export function unitOfColumn({ path, name, unit, angles }: AngleColumn): Unit {
  if (unit !== undefined) return unit;
  const largest = angles.reduce((most, angle) => (Math.abs(angle) > most ? Math.abs(angle) : most), 0);
  if (largest > FULL_LOCK) {
    const what = `${largest.toFixed(1)} rad is more than a steering wheel turns`;
    const mend =
      'say --unit deg, or --unit rad if they are radians; or write the unit into the header, as in angle_deg';
    throw new Refusal('not-rad', `${path}: ${name}`, what, mend);
  }
  return unitCalled('rad', 'steering')!;
}

function contradiction({ path, name, unit }: AngleColumn, said: string, option: string): Refusal {
  const what = `the header says ${unit!.name}, and ${option} says ${said}`;
  return new Refusal('other-unit', `${path}: ${name}`, what, `leave ${option} out, or rename the column`);
}

/** Angles as steering-wheel angles [rad]. */
export function inRadians(angles: Float64Array, unit: Unit, car: CarMeasures): Float64Array {
  const factor = unit.factor(car);
  return angles.map((angle) => angle * factor);
}
