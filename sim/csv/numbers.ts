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

/** Whether a table marks decimals by commas: some number is written so, none with a point, and they are no thousands. */
export function hasDecimalCommas(rows: Iterable<readonly string[]>): boolean {
  let commas = false;
  for (const fields of rows) {
    for (const field of fields) {
      if (field.includes('.')) {
        if (WITH_POINT.test(field)) return false;
      } else if (!commas && field.includes(',')) {
        commas = WITH_COMMA.test(field) && !THOUSANDS.test(field);
      }
    }
  }
  return commas;
}

/** @param decimalCommas whether commas mark decimals */
export function numberReader(decimalCommas: boolean): NumberReader {
  return (field) => {
    // Spreadsheets of some locales write the minus sign of typography.
    const text = field.replace('\u2212', '-');
    const plain = decimalCommas && WITH_COMMA.test(text) ? text.replace(',', '.') : text;
    return WITH_POINT.test(plain) ? Number(plain) : Number.NaN;
  };
}
