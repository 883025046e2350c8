/** A number for people, with a real minus sign; a dash for what is no number. */
export function fixed(value: number | null | undefined, digits: number): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  const text = value.toFixed(digits);
  return (Number(text) === 0 ? text.replace('-', '') : text).replace('-', '−');
}

/** e.g. `0.31 m left`. */
export function sideways(lateralError: number): string {
  const size = fixed(Math.abs(lateralError), 2);
  if (size === '–' || size === '0.00') return `${size}\u00a0m`;
  return `${size}\u00a0m ${lateralError > 0 ? 'left' : 'right'}`;
}

/** Whole digits where they suffice, and 100 only for a clean drive: 99.96 must not look like it. */
export function percent(value: number): string {
  return value === 100 || value === 0 ? fixed(value, 0) : fixed(Math.floor(value * 10) / 10, 1);
}

/** With one decimal, rounded down: a clean drive alone is 100.0. */
export function tenths(value: number): string {
  return fixed(Math.floor(value * 10) / 10, 1);
}

/** A count, or a mean of counts. */
export function count(value: number): string {
  return fixed(value, Number.isInteger(value) ? 0 : 2);
}
