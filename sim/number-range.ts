/** The numbers that something takes. A bound that is absent is open. */
export interface NumberRange {
  /** Smallest and largest number that is taken. */
  readonly min?: number;
  readonly max?: number;
  /** Bounds that are themselves refused. */
  readonly above?: number;
  readonly below?: number;
}

/** Seeds are unsigned 32-bit numbers. */
export const SEED_RANGE: NumberRange = { min: 0, max: 0xffff_ffff };

/** Whether a number lies in a range; NaN lies in none. */
export function isWithin(value: number, { min, max, above, below }: NumberRange): boolean {
  if (Number.isNaN(value)) return false;
  return (
    value >= (min ?? Number.NEGATIVE_INFINITY) &&
    value <= (max ?? Number.POSITIVE_INFINITY) &&
    value > (above ?? Number.NEGATIVE_INFINITY) &&
    value < (below ?? Number.POSITIVE_INFINITY)
  );
}

/** A range in words, to follow "a number": `from 0 to 5`, `above 0`, `not below 1`; empty when it is open. */
export function describeRange({ min, max, above, below }: NumberRange): string {
  if (min !== undefined && max !== undefined) return `from ${min} to ${max}`;
  if (above !== undefined && below !== undefined) return `between ${above} and ${below}`;
  if (min !== undefined && below !== undefined) return `from ${min} to below ${below}`;
  if (above !== undefined && max !== undefined) return `above ${above}, at most ${max}`;
  if (min !== undefined) return `not below ${min}`;
  if (above !== undefined) return `above ${above}`;
  if (max !== undefined) return `not above ${max}`;
  return below === undefined ? '' : `below ${below}`;
}
