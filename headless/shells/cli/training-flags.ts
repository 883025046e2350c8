import { type Command, InvalidArgumentError, Option } from 'commander';
import {
  flagOf,
  namesIn,
  type OptionTable,
  type TrainingOption,
} from '../../../models/training/option-table/option.ts';
import { OPTION_GROUPS, OPTION_TABLE, type OptionGroup } from '../../../models/training/option-table/table.ts';
import { defaultWords } from '../../../models/training/option-table/words.ts';
import { describeRange, isWithin } from '../../../sim/number-range.ts';
import { decimal, integer } from './options.ts';

/** What the command line made of its flags, by their names in camel case. */
type Flags = Readonly<Record<string, unknown>>;

/** Adds a flag for every option of the groups, under the group's title in the help. */
export function addTrainingFlags(command: Command, groups: readonly OptionGroup[] = OPTION_GROUPS): Command {
  for (const { title, options } of groups) {
    if ('width' in options && 'height' in options) command.addOption(frameSizeFlag().helpGroup(`${title}:`));
    for (const [name, option] of Object.entries(options)) {
      const flag = trainingFlag(name, option);
      if (flag !== null) command.addOption(flag.helpGroup(`${title}:`));
    }
  }
  return command;
}

/** The flag of an option, if it has one; without a default, so that a flag that is not given wins over nothing. */
function trainingFlag(name: string, option: TrainingOption): Option | null {
  const flag = flagOf(name, option);
  if (flag === null) return null;
  const words = helpWords(option);
  switch (option.kind) {
    case 'number':
      return new Option(`${flag} <${placeholder(option)}>`, words).argParser(numberFrom(option));
    case 'choice':
      return new Option(`${flag} <name>`, words).choices(option.values);
    case 'switch':
      return new Option(flag, option.help);
    case 'names':
      return new Option(`${flag} <names>`, words).argParser(namesIn);
    case 'numbers': {
      const parts = Object.keys(option.parts);
      return new Option(`${flag} <${parts.join(',')}>`, words).argParser(numbersFrom(parts, option));
    }
    case 'variant':
      return new Option(`${flag} <kind>`, words).choices(option.kinds);
  }
}

/** The options of the table that were given as flags, by name. */
export function optionsFromFlags(flags: Flags, table: OptionTable = OPTION_TABLE): Record<string, unknown> {
  const { width, height } = (flags.size ?? {}) as { width?: number; height?: number };
  const given: Record<string, unknown> = width === undefined ? {} : { width, height };
  for (const [name, option] of Object.entries(table)) {
    const flag = flagOf(name, option);
    const value = flag === null ? undefined : flags[new Option(flag).attributeName()];
    if (value !== undefined) given[name] = option.kind === 'variant' ? { kind: value } : value;
  }
  return given;
}

/** Width and height of the frames in one. */
function frameSizeFlag(): Option {
  return new Option('--size <width>x<height>', 'size of the frames that the network sees').argParser((text) => {
    const [, width, height] = /^(\d{1,4})x(\d{1,4})$/.exec(text) ?? [];
    if (width === undefined || height === undefined) throw new InvalidArgumentError('Write it as 160x64.');
    return { width: Number(width), height: Number(height) };
  });
}

function helpWords(option: TrainingOption): string {
  const otherwise = defaultWords(option);
  const example = 'example' in option && otherwise !== option.example ? `, e.g. ${option.example}` : '';
  return `${option.help}${example} (default: ${otherwise})`;
}

type NumberOption = Extract<TrainingOption, { kind: 'number' }>;

function numberFrom({ whole, range, word }: NumberOption): (text: string) => number | string {
  const read = whole ? integer(range) : decimal(range);
  return (text) => (text === word?.value ? text : read(text));
}

function numbersFrom(parts: readonly string[], option: Extract<TrainingOption, { kind: 'numbers' }>) {
  return (text: string): Record<string, number> => {
    const numbers = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
    if (numbers.length !== parts.length || !numbers.every((number) => isWithin(number, option.range))) {
      const words = `Write ${parts.length} numbers ${describeRange(option.range)}, as ${option.example}.`;
      throw new InvalidArgumentError(words);
    }
    return Object.fromEntries(parts.map((part, i) => [part, numbers[i]!]));
  };
}

function placeholder({ unit, whole }: NumberOption): string {
  if (unit === 's') return 'seconds';
  return unit ?? (whole ? 'n' : 'number');
}
