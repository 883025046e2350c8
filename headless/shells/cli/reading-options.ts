import { type Command, InvalidArgumentError, Option } from 'commander';
import {
  ADJUSTABLE,
  type Adjustable,
  type ColumnReadings,
  joinReadings,
  parseColumns,
} from '../../../datasets/formats/columns/readings.ts';
import type { OpenOptions } from '../../../datasets/formats/format.ts';
import { decimal, SKIP_BAD } from './options.ts';

/** How to read a recording, as commands take it. */
export interface ReadingFlags extends AdjustingFlags {
  readonly format?: string;
  readonly skipBad?: boolean;
  readonly rate?: number;
  readonly steeringRatio?: number;
  /** [degrees at the road wheels] */
  readonly fullSteering?: number;
  readonly columns?: string;
}

/** How columns of a recording are changed as it is read, as commands take it. */
export interface AdjustingFlags {
  readonly flipSteering?: boolean;
  readonly scale?: ColumnReadings;
  readonly offset?: ColumnReadings;
}

/** Gives a command that reads recordings the options that say how. */
export function addReadingOptions(command: Command): Command {
  command
    .option('--format <name>', 'read it as this format')
    .option(...SKIP_BAD)
    .option('--rate <hz>', 'rate of a recording without times', decimal({ min: 0.1, max: 1000 }))
    .option('--steering-ratio <ratio>', 'steering-wheel over road-wheel angle', decimal({ min: 1, max: 100 }))
    .addOption(
      new Option('--full-steering <deg>', 'road-wheel angle of a stored steering of 1').argParser(
        decimal({ min: 1, max: 90 }),
      ),
    )
    .option(
      '--columns <list>',
      'read a table by these columns: picture=file,time=stamp:ms,steering=angle:deg:right,speed=v:km/h; ' +
        'also left, right, torque, throttle, brake, table',
    );
  return addAdjustingOptions(command);
}

/** Gives a command the options that scale, move and turn round columns. */
export function addAdjustingOptions(command: Command): Command {
  return command
    .option('--flip-steering', 'turn the sign of the steering round')
    .option('--scale <column=factor>', 'multiply a column, such as steering=0.5; may come again', amount('scale'))
    .option(
      '--offset <column=value>',
      'add to a column, in the unit in which it is stored; may come again',
      amount('offset'),
    );
}

/** @throws Refusal `bad-columns` */
export function openOptions(
  flags: ReadingFlags,
): Pick<OpenOptions, 'skipBad' | 'rate' | 'steeringRatio' | 'fullSteering' | 'columns'> & { readonly format?: string } {
  const { format, skipBad = false, rate, steeringRatio, fullSteering, columns } = flags;
  const named = columns === undefined ? undefined : parseColumns(columns);
  const readings = joinReadings(named, adjustmentsOf(flags));
  return {
    skipBad,
    ...(format !== undefined && { format }),
    ...(rate !== undefined && { rate }),
    ...(steeringRatio !== undefined && { steeringRatio }),
    ...(fullSteering !== undefined && { fullSteering: (fullSteering * Math.PI) / 180 }),
    ...(Object.keys(readings).length > 0 && { columns: readings }),
  };
}

/** What is to be changed of the columns. */
export function adjustmentsOf({ flipSteering, scale, offset }: AdjustingFlags): ColumnReadings {
  return joinReadings(flipSteering === true ? { steering: { flip: true } } : undefined, scale, offset);
}

function amount(what: 'scale' | 'offset'): (text: string, before?: ColumnReadings) => ColumnReadings {
  const number = decimal({ min: -1e9, max: 1e9 });
  return (text, before) => {
    const [role = '', value = ''] = text.split('=', 2);
    if (!(ADJUSTABLE as readonly string[]).includes(role)) {
      throw new InvalidArgumentError(`It takes one of ${ADJUSTABLE.join(', ')}, as in ${what} steering=0.5.`);
    }
    const amount = number(value);
    if (what === 'scale' && amount === 0) throw new InvalidArgumentError('A factor of 0 would make everything 0.');
    return joinReadings(before, { [role as Adjustable]: { [what]: amount } });
  };
}
