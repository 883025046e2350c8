import { Refusal } from '../../../sim/refusal.ts';
import type { Conversion } from '../../recording/metadata.ts';
import { ADJUSTABLE, type Adjustable, type ColumnReadings } from '../columns/readings.ts';
import { type CarMeasures, UNITS, type Unit, unitCalled, unitInName } from '../columns/units.ts';
import { DEFAULT_STEERING_RATIO, type OpenOptions, RADIANS_PER_DEGREE } from '../format.ts';

const COLUMN: Readonly<Record<Adjustable, string>> = {
  steering: 'steeringAngle',
  speed: 'speed',
  torque: 'torque',
  throttle: 'throttle',
  brake: 'brake',
};
/** Full steering of a share where nobody says it: that of Udacity's simulator [rad at the road wheels]. */
const FULL_STEERING = 25 * RADIANS_PER_DEGREE;
/** Pedals go to 1 [share]; more is another unit. */
const LARGEST_PEDAL = 1.5;

/** How a column becomes one of ours. */
export interface LabelColumn {
  readonly role: Adjustable;
  readonly conversion: Conversion;
  /** For people; what was not said. */
  readonly notes: readonly string[];
}

/**
 * How the columns with labels are read.
 * @param stored by role, as they are in the table
 * @param name header of a role's column
 * @param where name of the table, for refusals
 * @throws Refusal `unclear-unit` for a unit that nobody said
 */
export function labelColumns(
  stored: ReadonlyMap<Adjustable, Float64Array>,
  readings: ColumnReadings,
  name: (role: Adjustable) => string,
  options: OpenOptions,
  where: string,
): LabelColumn[] {
  const car: CarMeasures = {
    steeringRatio: options.steeringRatio ?? DEFAULT_STEERING_RATIO,
    fullSteering: options.fullSteering ?? FULL_STEERING,
  };
  return ADJUSTABLE.flatMap((role) => {
    const values = stored.get(role);
    if (values === undefined) return [];
    const field = name(role);
    const unit = unitOf(role, readings, field, values, `${where}: ${field}`);
    const sided = role === 'steering' || role === 'torque';
    const side = readings[role]?.positive ?? 'left';
    const conversion: Conversion = {
      column: COLUMN[role],
      field,
      unit: sided ? `${unit.words}, ${side} positive` : unit.words,
      factor: unit.factor(car) * (sided && side === 'right' ? -1 : 1),
      ...(/^road|share/.test(unit.name) && role === 'steering' && { note: `steering ratio ${car.steeringRatio}` }),
    };
    const unsaid = sided && readings[role]?.positive === undefined;
    const notes = unsaid
      ? [`${field} is taken as left positive; ${role}=${field}:${unit.name}:right turns it round`]
      : [];
    return [{ role, conversion, notes }];
  });
}

function unitOf(role: Adjustable, readings: ColumnReadings, field: string, values: Float64Array, where: string): Unit {
  const said = readings[role]?.unit;
  const names = UNITS[role].map(({ name }) => name).join(', ');
  if (said !== undefined) {
    const unit = unitCalled(said, role);
    if (unit !== undefined) return unit;
    throw new Refusal('bad-columns', where, `${JSON.stringify(said)} is no unit of ${role}`, `its units are ${names}`);
  }
  const unit = unitInName(field, role) ?? (UNITS[role].length === 1 ? UNITS[role][0] : undefined);
  if (unit !== undefined) return unit;
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  if ((role === 'throttle' || role === 'brake') && Math.max(-least, most) <= LARGEST_PEDAL) return UNITS[role][0]!;
  const what = `its unit is not known; its values go from ${least} to ${most}`;
  throw new Refusal(
    'unclear-unit',
    where,
    what,
    `say it, as in ${role}=${field}:${UNITS[role][0]!.name}; there are ${names}`,
  );
}
