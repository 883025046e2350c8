import { Refusal } from '../../../sim/refusal.ts';
import type { Conversion } from '../../recording/metadata.ts';
import { unitInName } from '../columns/units.ts';
import { DEFAULT_STEERING_RATIO, METRES_PER_SECOND_PER_MPH, type OpenOptions, RADIANS_PER_DEGREE } from '../format.ts';
import type { LogLayout } from './layout.ts';
import type { NumberRole } from './log.ts';
import type { LoggedSample } from './samples.ts';

/** Steering limit of the simulator's car [degrees at the road wheels]. */
const FULL_STEERING_DEGREES = 25;
/**
 * The simulator writes shares up to 1, and people add some tenths for the side cameras; more is another unit.
 */
const LARGEST_SHARE = 2;

/** The columns that a log holds, in our units, and how they came about. */
export interface Labels {
  readonly columns: Readonly<Record<string, Float64Array>>;
  readonly conversions: Conversion[];
}

/**
 * @param where name of the log, for refusals
 * @throws Refusal where the steering cannot be what the simulator writes
 */
export function labelsOf(
  samples: readonly LoggedSample[],
  layout: LogLayout,
  options: OpenOptions,
  where: string,
): Labels {
  const column = (role: NumberRole) => Float64Array.from(samples, ({ row }) => row.numbers[role] ?? Number.NaN);
  const has = (role: NumberRole) => samples.some(({ row }) => row.numbers[role] !== undefined);
  const name = (role: NumberRole) => layout.header[layout.columns.get(role) ?? -1] || role;
  const steering = steeringConversion(name('steering'), options);
  const stored = column('steering');
  if (steering.share) refuseOtherUnit(stored, name('steering'), where);
  const columns: Record<string, Float64Array> = {
    // Adding 0 turns the -0 of a straight wheel into 0.
    steeringAngle: stored.map((value) => value * steering.factor + 0),
    'source.steering': stored,
  };
  const conversions: Conversion[] = [
    {
      column: 'steeringAngle',
      field: name('steering'),
      unit: steering.unit,
      factor: steering.factor,
      note: steering.note,
    },
  ];
  if (has('speed')) {
    const unit = unitInName(name('speed'), 'speed');
    const factor = unit?.factor({ steeringRatio: 1, fullSteering: 1 }) ?? METRES_PER_SECOND_PER_MPH;
    columns.speed = column('speed').map((value) => value * factor);
    columns.measuredSpeed = columns.speed;
    columns['source.speed'] = column('speed');
    conversions.push({ column: 'speed', field: name('speed'), unit: unit?.words ?? 'mph', factor });
  }
  for (const role of ['throttle', 'brake'] as const) {
    if (!has(role)) continue;
    columns[role] = column(role);
    if (layout.header.length === 0) refuseOtherOrder(columns[role], role, where);
  }
  return { columns, conversions };
}

/** The steering is a share of the car's limit, unless its column says degrees or radians. */
function steeringConversion(field: string, options: OpenOptions) {
  const steeringRatio = options.steeringRatio ?? DEFAULT_STEERING_RATIO;
  const fullSteering = options.fullSteering ?? FULL_STEERING_DEGREES * RADIANS_PER_DEGREE;
  const note = `steering ratio ${steeringRatio} assumed: the simulator's car has no steering wheel`;
  const unit = unitInName(field, 'steering')?.name;
  if (unit === 'deg' || unit === 'rad') {
    const factor = -(unit === 'deg' ? RADIANS_PER_DEGREE : 1) * steeringRatio;
    const words = unit === 'deg' ? 'degrees' : 'rad';
    return { share: false, factor, unit: `${words} at the road wheels, right positive`, note };
  }
  const share = `share of ${(fullSteering / RADIANS_PER_DEGREE).toFixed(1)} degrees at the road wheels, right positive`;
  return { share: true, factor: -fullSteering * steeringRatio, unit: share, note };
}

/** Where only the position says what a column is, its values must be possible. */
function refuseOtherOrder(stored: Float64Array, role: NumberRole, where: string): void {
  const largest = largestOf(stored);
  if (largest <= LARGEST_SHARE) return;
  throw new Refusal(
    'bad-recording',
    where,
    `by position the ${role} goes up to ${largest}, and the simulator writes 0 to 1: its columns are others`,
    'put a header line before the first that names them, such as center,left,right,steering,throttle,brake,speed',
  );
}

function largestOf(stored: Float64Array): number {
  return stored.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

function refuseOtherUnit(stored: Float64Array, field: string, where: string): void {
  const largest = largestOf(stored);
  if (largest <= LARGEST_SHARE) return;
  throw new Refusal(
    'bad-recording',
    `${where}: ${field}`,
    `it goes up to ${largest}, and the simulator writes −1 to 1`,
    'say its unit: --columns picture=<column>,steering=<column>:road-deg:right',
  );
}
