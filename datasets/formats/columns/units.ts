import { METRES_PER_SECOND_PER_KNOT, METRES_PER_SECOND_PER_MPH, RADIANS_PER_DEGREE } from '../units.ts';
import { type Role, roleOf, wordsOf } from './roles.ts';

/** What turns a car's own measures into ours. */
export interface CarMeasures {
  /** Steering-wheel angle over road-wheel angle. */
  readonly steeringRatio: number;
  /** Road-wheel angle of a share of 1 [rad]. */
  readonly fullSteering: number;
}

/** A unit in which a column may be stored. */
export interface Unit {
  /** What it is called on the command line. */
  readonly name: string;
  /** In words, for the recording's conversions. */
  readonly words: string;
  /** Other ways to write it, lower case, without blanks and signs. */
  readonly spellings: readonly string[];
  /** Factor into our unit: rad of the steering wheel, m/s, N·m, s, or 0..1. */
  factor(car: CarMeasures): number;
}

const unit = (name: string, words: string, spellings: readonly string[], factor: Unit['factor']): Unit => {
  return { name, words, spellings, factor };
};

const SHARES: readonly Unit[] = [
  unit('share', '0 to 1', ['norm', 'normalized', 'normalised', 'fraction'], () => 1),
  unit('%', 'per cent', ['percent', 'pct'], () => 0.01),
];

/** Units by what a column holds; pictures have none. */
export const UNITS: Readonly<Record<Exclude<Role, 'picture' | 'left' | 'right'>, readonly Unit[]>> = {
  time: [
    unit('s', 's', ['sec', 'secs', 'second', 'seconds'], () => 1),
    unit('ms', 'ms', ['msec', 'millis', 'millisecond', 'milliseconds'], () => 1e-3),
    unit('us', 'µs', ['µs', 'usec', 'micro', 'micros', 'microsecond', 'microseconds'], () => 1e-6),
    unit('ns', 'ns', ['nsec', 'nano', 'nanos', 'nanosecond', 'nanoseconds'], () => 1e-9),
  ],
  steering: [
    unit('rad', 'rad of the steering wheel', ['radian', 'radians'], () => 1),
    unit('deg', 'degrees of the steering wheel', ['degree', 'degrees', '°'], () => RADIANS_PER_DEGREE),
    unit('road-rad', 'rad at the road wheels', ['roadrad'], ({ steeringRatio }) => steeringRatio),
    unit('road-deg', 'degrees at the road wheels', ['roaddeg'], (car) => RADIANS_PER_DEGREE * car.steeringRatio),
    unit(
      'share',
      'share of full steering at the road wheels',
      ['norm', 'normalized', 'normalised', 'fraction'],
      ({ fullSteering, steeringRatio }) => fullSteering * steeringRatio,
    ),
  ],
  speed: [
    unit('m/s', 'm/s', ['mps', 'ms', 'mpersec'], () => 1),
    unit('km/h', 'km/h', ['kmh', 'kph', 'kmph'], () => 1 / 3.6),
    unit('mph', 'mph', ['mih', 'milesperhour'], () => METRES_PER_SECOND_PER_MPH),
    unit('kn', 'knots', ['kt', 'kts', 'knot', 'knots'], () => METRES_PER_SECOND_PER_KNOT),
  ],
  torque: [unit('Nm', 'N·m at the steering wheel', ['nm', 'n·m', 'newtonmetre', 'newtonmeter'], () => 1)],
  throttle: SHARES,
  brake: SHARES,
};

function unitsOf(role: Role): readonly Unit[] {
  return role === 'picture' || role === 'left' || role === 'right' ? [] : UNITS[role];
}

/** A unit by its name or another way to write it. */
export function unitCalled(text: string, role: Role): Unit | undefined {
  const plain = text.trim().toLowerCase();
  const bare = plain.replaceAll(/[\s/_.*^-]/g, '');
  return unitsOf(role).find(
    ({ name, spellings }) => name.toLowerCase() === plain || spellings.some((one) => one === plain || one === bare),
  );
}

/** The unit that a column's name says, e.g. `speed_kmh`, `angle (deg)`, `t_ms`; undefined where it says none. */
export function unitInName(name: string, role: Role): Unit | undefined {
  const bracketed = /[[(]([^\])]+)[\])]\s*$/.exec(name)?.[1];
  if (bracketed !== undefined) return unitCalled(bracketed, role);
  const words = wordsOf(name);
  for (const count of [2, 1]) {
    const unit = words.length > count ? unitCalled(words.slice(-count).join(''), role) : undefined;
    if (unit !== undefined) return unit;
  }
  return undefined;
}

/** Single letters are parts of units such as km/h. */
const PART_OF_UNIT = ['m', 's', 'h', 'km', 'n'];

/** What a column of this name holds, by the ways in which people call such columns. */
export function roleOfColumn(name: string): Role | undefined {
  return roleOf(name, (word, role) => unitCalled(word, role) !== undefined || PART_OF_UNIT.includes(word));
}
