import { describeRange } from '../../../sim/number-range.ts';
import { defaultOf, type TrainingOption } from './option.ts';

/** What an option takes, e.g. `whole number from 1 to 4096`. */
export function valueWords(option: TrainingOption): string {
  switch (option.kind) {
    case 'number': {
      const number = [option.whole ? 'whole number' : 'number', describeRange(option.range)].filter(Boolean).join(' ');
      return option.word === undefined ? number : `${option.word.value}, or a ${number}`;
    }
    case 'choice':
      return option.values.join(', ');
    case 'switch':
      return 'true or false';
    case 'names':
      return `names, as ${option.example}`;
    case 'numbers':
      return `${Object.keys(option.parts).join(', ')}: a number ${describeRange(option.range)} each`;
    case 'variant':
      return option.kinds.join(', ');
  }
}

/** What holds when nothing is given: a value as a person would write it, or in words. */
export function defaultWords(option: TrainingOption): string {
  const value = defaultOf(option);
  if (value === undefined) return option.absent ?? '';
  switch (option.kind) {
    case 'names':
      return (value as readonly string[]).join(',') || 'none';
    case 'numbers':
      return Object.values(value as object).join(',');
    case 'variant':
      return (value as { readonly kind: string }).kind;
    default:
      return String(value);
  }
}
