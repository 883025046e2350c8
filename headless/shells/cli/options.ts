import { InvalidArgumentError } from 'commander';
import { describeRange, isWithin, type NumberRange } from '../../../sim/number-range.ts';

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** How bad samples are treated: the same words for every command that reads recordings, formats alike. */
export const SKIP_BAD = [
  '--skip-bad',
  'leave bad samples and unreadable pictures out and list them, instead of stopping at the first',
] as const;

/** A parser for an option that takes a number, for commander: `.option('--rate <hz>', 'text', decimal({ min: 0 }))`. */
export function decimal(range: NumberRange = {}): (text: string) => number {
  return (text) => inRange(text, DECIMAL.test(text.trim()) ? Number(text) : Number.NaN, range, 'a number');
}

/** A parser for an option that takes a whole number. */
export function integer(range: NumberRange = {}): (text: string) => number {
  return (text) => {
    const value = /^[+-]?\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
    return inRange(text, Number.isSafeInteger(value) ? value : Number.NaN, range, 'a whole number');
  };
}

/** A parser for an option that takes whole numbers: `3`, `1,2,5`, `10..19`. */
export function integers(range: NumberRange = {}): (text: string) => number[] {
  const one = integer(range);
  return (text) =>
    text.split(',').flatMap((part) => {
      const [first, last, ...more] = part.split('..').map((end) => one(end));
      if (more.length > 0) throw new InvalidArgumentError('Write a range as 10..19.');
      if (last === undefined) return [first!];
      if (last < first!) throw new InvalidArgumentError(`The range ${part} ends before it begins.`);
      if (last - first! >= 100_000) throw new InvalidArgumentError(`The range ${part} is too long.`);
      return Array.from({ length: last - first! + 1 }, (_, i) => first! + i);
    });
}

function inRange(text: string, value: number, range: NumberRange, kind: string): number {
  if (Number.isFinite(value) && isWithin(value, range)) return value;
  const words = [`It takes ${kind}`, describeRange(range)].filter((part) => part !== '').join(' ');
  throw new InvalidArgumentError(`${words}${text.trim() === '' ? ', and got nothing' : ''}.`);
}

/** Parser of an option that may come several times. */
export function collect(text: string, before: readonly string[]): string[] {
  return [...before, text];
}
