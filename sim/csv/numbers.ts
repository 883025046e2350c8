const WITH_POINT = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const WITH_COMMA = /^[+-]?\d*,\d+(?:e[+-]?\d+)?$/i;
/** `1,234` may be a thousand; `0,123` and `1,2345` may not. */
const THOUSANDS = /^[+-]?[1-9]\d{0,2},\d{3}$/;

/** Turns a field into a number; NaN where it is none. */
export type NumberReader = (field: string) => number;

/** Whether a field is a number, however its decimals are marked. */
export function looksNumeric(field: string): boolean {
  return WITH_POINT.test(field) || WITH_COMMA.test(field);
}

/** By what a table marks decimals: commas, points, or both, as one has that was put together from two. */
export type Decimals = 'point' | 'comma' | 'mixed';

/** How the numbers of a table mark decimals; by points where nothing tells. */
export function decimalsOf(rows: Iterable<readonly string[]>): Decimals {
  let points = false;
  let commas = false;
  for (const fields of rows) {
    for (const field of fields) {
      if (field.includes('.')) points ||= WITH_POINT.test(field);
      else if (!commas && field.includes(',')) commas = WITH_COMMA.test(field) && !THOUSANDS.test(field);
    }
    if (points && commas) return 'mixed';
  }
  return commas ? 'comma' : 'point';
}

/** @param decimals how the table marks them; in a mixed one, `1,234` is no number, since it may be a thousand */
export function numberReader(decimals: Decimals): NumberReader {
  return (field) => {
    // Spreadsheets of some locales write the minus sign of typography.
    const text = field.replace('\u2212', '-');
    const withComma =
      WITH_COMMA.test(text) && (decimals === 'comma' || (decimals === 'mixed' && !THOUSANDS.test(text)));
    const plain = withComma ? text.replace(',', '.') : text;
    return WITH_POINT.test(plain) ? Number(plain) : Number.NaN;
  };
}

/** Whether a field is a number that cannot be told from another: `1,234` in a table that marks decimals in both ways. */
export function isUnclearNumber(field: string): boolean {
  return THOUSANDS.test(field);
}
