import type { NumberReader } from '../../../sim/csv/numbers.ts';
import { Refusal } from '../../../sim/refusal.ts';
import { badSample } from '../bad-samples.ts';
import { secondsOfDate } from '../date-time.ts';
import type { ColumnReading } from './readings.ts';
import { UNITS, type Unit, unitCalled, unitInName } from './units.ts';

/** How a column of times is read. */
export interface TimeColumn {
  /** [s] from any moment @throws Refusal for what is no time */
  seconds(text: string, where: string): number;
  readonly notes: readonly string[];
}

const unitOf = (name: string): Unit => UNITS.time.find((unit) => unit.name === name)!;
/** Unix times by their size: those of 2001 to 2286 have so many digits before the point. */
const UNIX_UNITS: readonly (readonly [digits: number, unit: string])[] = [
  [10, 's'],
  [13, 'ms'],
  [16, 'us'],
  [19, 'ns'],
];
/** A camera gives a picture in less than this [s], and more than a thousandth of it. */
const LONGEST_STEP = 2;

/**
 * Finds out how times are written: dates, numbers in a unit that was said or that the column's name says, Unix times, or
 * numbers that are told by their steps.
 * @param texts the whole column
 * @param name header of the column
 * @throws Refusal `unclear-unit` where it is not to be told, and where the column counts rows
 */
export function timeColumn(
  texts: readonly string[],
  reading: ColumnReading,
  name: string,
  number: NumberReader,
  where: string,
): TimeColumn {
  const first = texts.find((text) => text !== '') ?? '';
  const start = whole(first);
  const dates = Number.isNaN(number(first)) && !Number.isNaN(secondsOfDate(first));
  if (dates) return { seconds: dateReader(where), notes: [] };
  const values = texts.map(number).filter((value) => !Number.isNaN(value));
  const said = reading.unit === undefined ? unitInName(name, 'time') : knownUnit(reading.unit, where);
  const guessed = said ?? unixUnit(values[0]) ?? stepUnit(values, where);
  const factor = guessed.factor({ steeringRatio: 1, fullSteering: 1 });
  return {
    seconds(text, place) {
      const value = number(text);
      if (Number.isNaN(value)) throw badSample(place, `${JSON.stringify(text)} is no time`);
      // Unix times in ns have more digits than a number holds.
      const exact = whole(text);
      return exact !== undefined && start !== undefined ? Number(exact - start) * factor : value * factor;
    },
    notes: said === undefined ? [`the times of ${name} are taken as ${guessed.words}, by their size and steps`] : [],
  };
}

function dateReader(where: string): TimeColumn['seconds'] {
  return (text, place) => {
    const seconds = secondsOfDate(text);
    if (Number.isNaN(seconds)) throw badSample(place || where, `${JSON.stringify(text)} is no date and time`);
    return seconds;
  };
}

function whole(text: string): bigint | undefined {
  return /^-?\d{1,25}$/.test(text) ? BigInt(text) : undefined;
}

function knownUnit(name: string, where: string): Unit {
  const unit = unitCalled(name, 'time');
  if (unit !== undefined) return unit;
  const mend = `its units are ${UNITS.time.map((one) => one.name).join(', ')}`;
  throw new Refusal('bad-columns', where, `${JSON.stringify(name)} is no unit of time`, mend);
}

function unixUnit(value: number | undefined): Unit | undefined {
  const digits = value === undefined || value < 1 ? 0 : Math.floor(Math.log10(value)) + 1;
  const name = UNIX_UNITS.find(([count]) => count === digits)?.[1];
  return name === undefined ? undefined : unitOf(name);
}

function stepUnit(values: readonly number[], where: string): Unit {
  const steps = values.slice(1).flatMap((value, i) => (value > values[i]! ? [value - values[i]!] : []));
  const usual = steps.sort((a, b) => a - b)[Math.floor((steps.length - 1) / 2)] ?? Number.NaN;
  if (steps.length > 1 && steps.every((step) => step === 1)) {
    const what = 'it counts 1, 2, 3 and on: an index, not a time';
    throw new Refusal(
      'unclear-unit',
      where,
      what,
      'leave time out and say --rate <hz>, or say its unit: time=<column>:s',
    );
  }
  for (const unit of UNITS.time) {
    const step = usual * unit.factor({ steeringRatio: 1, fullSteering: 1 });
    if (step <= LONGEST_STEP && step > LONGEST_STEP / 1000) return unit;
  }
  const what = `its unit is not to be told from steps of ${usual}`;
  throw new Refusal('unclear-unit', where, what, 'say it: time=<column>:s, or ms, us, ns');
}
