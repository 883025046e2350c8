import { z } from 'zod';
import type { NumberRange } from '../../../sim/number-range.ts';

/** What every option of a training tells people about itself. */
export interface OptionWords {
  /** Name for people, as a form shows it. */
  readonly label: string;
  /** What it does, in a line without a full stop. */
  readonly help: string;
  /** Unit of its number, e.g. `m`; `share` is a part of 1. */
  readonly unit?: string;
  /** Paper or file that it comes from. */
  readonly source?: string;
  /** What holds when nothing is given, for an option that has no default of its own. */
  readonly absent?: string;
  /** Name that it had before; still read, with a note. */
  readonly formerly?: string;
  /** It changes what the validation loss means, so that settings that differ in it cannot be compared by it. */
  readonly changesLoss?: true;
  /** Name of its flag where that is not its own name, in kebab case without dashes; `null` for none of its own. */
  readonly flag?: string | null;
}

/** How a slider offers a number: from 0 to `max`, which may be less than what is taken. */
export interface SliderRange {
  readonly max: number;
  readonly step: number;
  /** The number is the largest change to either side. */
  readonly eitherWay?: true;
}

interface NumberWords extends OptionWords {
  readonly range: NumberRange;
  /** A slider suits it better than a field. */
  readonly slider?: SliderRange;
}

/** What an option's value is made of. */
export type OptionKind =
  | {
      readonly kind: 'number';
      readonly whole: boolean;
      readonly range: NumberRange;
      readonly slider?: SliderRange;
      /** A word that is taken instead of a number, what it means, and numbers that suit most. */
      readonly word?: { readonly value: string; readonly label: string; readonly suggestions: readonly number[] };
    }
  /** One of some names, which a form may call by others. */
  | { readonly kind: 'choice'; readonly values: readonly string[]; readonly labels?: Readonly<Record<string, string>> }
  | { readonly kind: 'switch' }
  /** Names in a list. */
  | { readonly kind: 'names'; readonly example: string }
  /** Some numbers with a name each. */
  | {
      readonly kind: 'numbers';
      /** Names of the numbers in the value, and for people; a flag takes them in this order, with commas between. */
      readonly parts: Readonly<Record<string, string>>;
      readonly range: NumberRange;
      readonly example: string;
    }
  /** One of several kinds, each with settings of its own that have defaults. */
  | { readonly kind: 'variant'; readonly kinds: readonly string[] };

/** An option of a training, of any kind. */
export type TrainingOption = OptionWords & OptionKind & { readonly schema: z.ZodType };

/** Options by name. */
export type OptionTable = Readonly<Record<string, TrainingOption>>;

type ShapeOf<T extends OptionTable> = { [K in keyof T]: T[K]['schema'] };

export function numberSchema({ min, max, above, below }: NumberRange, whole = false): z.ZodNumber {
  let schema: z.ZodNumber = whole ? z.int() : z.number();
  if (min !== undefined) schema = schema.min(min);
  if (max !== undefined) schema = schema.max(max);
  if (above !== undefined) schema = schema.gt(above);
  if (below !== undefined) schema = schema.lt(below);
  return schema;
}

/** A number that need not be whole. */
export function decimal(words: NumberWords & { readonly default: number }) {
  const { default: value, ...about } = words;
  return { ...about, kind: 'number', whole: false, schema: numberSchema(words.range).default(value) } as const;
}

export function whole(words: NumberWords & { readonly default: number }) {
  const { default: value, ...about } = words;
  return { ...about, kind: 'number', whole: true, schema: numberSchema(words.range, true).default(value) } as const;
}

/** A whole number that may be left open. */
export function wholeOrAbsent(words: NumberWords & { readonly absent: string }) {
  return { ...words, kind: 'number', whole: true, schema: numberSchema(words.range, true).optional() } as const;
}

/** One of some names. */
export function choice<const T extends readonly [string, ...string[]]>(
  words: OptionWords & {
    readonly values: T;
    readonly labels?: Readonly<Record<T[number], string>>;
    readonly default: T[number];
  },
) {
  const { default: value, ...about } = words;
  return { ...about, kind: 'choice', schema: z.enum(words.values).default(value as never) } as const;
}

/** Yes or no; no when nothing is said. */
export function onOff(words: OptionWords) {
  return { ...words, kind: 'switch', schema: z.boolean().default(false) } as const;
}

/** A list of names; none when nothing is said. */
export function names(words: OptionWords & { readonly example: string }) {
  return { ...words, kind: 'names', schema: z.array(z.string().min(1)).default([]) } as const;
}

/** The flag of an option on the command line; null for one that has none of its own. */
export function flagOf(name: string, { flag = name }: TrainingOption): string | null {
  return flag === null ? null : `--${flag.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** The names in a text with commas between them. */
export function namesIn(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** The shape of an object schema that takes the options of a table. */
export function shapeOf<T extends OptionTable>(table: T): ShapeOf<T> {
  return Object.fromEntries(Object.entries(table).map(([name, { schema }]) => [name, schema])) as ShapeOf<T>;
}

/** The value of an option when nothing is given. */
export function defaultOf(option: TrainingOption): unknown {
  return option.schema.parse(undefined);
}
