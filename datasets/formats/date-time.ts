const ZONE = '(Z|[+-]\\d\\d:?\\d\\d)?';
/** `2023-05-06T10:00:00.123Z`, `2023_05_06_10_00_00_123`, `2018-07-01 17:09:44:912`, `2023.05.06 10.00.00`. */
const YEAR_FIRST = new RegExp(
  `(?<!\\d)(\\d{4})[-_./:](\\d\\d?)[-_./:](\\d\\d?)[-_./:T ]+(\\d\\d?)[-_.:h](\\d\\d)[-_.:m](\\d\\d)(?:[-_.,:](\\d{1,9}))?${ZONE}(?!\\d)`,
);
/** `06.05.2023 10:00:00.123`, `5/6/2023 10:00:00`. */
const YEAR_LAST = /(?<!\d)(\d\d?)([./-])(\d\d?)\2(\d{4})[ _T,]+(\d\d?)[:.](\d\d)[:.](\d\d)(?:[.,:](\d{1,9}))?(?!\d)/;
/** `20230506_100000_123`, `20230506100000123`. */
const COMPACT = /(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)[-_T ]?(\d\d)(\d\d)(\d\d)(?:[-_.]?(\d{3}|\d{6}))?(?!\d)/;
const TIME_OF_DAY = /^(\d\d?)[:.](\d\d)[:.](\d\d)(?:[.,:](\d{1,9}))?$/;
/** Since 1970: in s with decimals, ms, µs or ns. */
const UNIX = /(?<!\d)(?:(\d{10})(?:[._](\d{3,9}))?|(\d{13})|(\d{16})|(\d{19}))(?!\d)/;
/** Unix times before 2001 and after 2033 are more likely something else. */
const [EARLIEST, LATEST] = [1e9, 2e9];

/**
 * Time of a date as recordings write it [s since 1970]: ISO 8601, and dates whose digits are parted by other signs. Of its
 * place nothing is known where it names none: it is taken as UTC, and only differences are used.
 * @param text may hold more than the date, as file names do
 * @returns NaN when there is no date and time in it
 */
export function secondsOfDate(text: string): number {
  const first = YEAR_FIRST.exec(text);
  if (first !== null) return utc(first.slice(1, 8)) - offsetOf(first[8]);
  const last = YEAR_LAST.exec(text);
  if (last !== null) {
    const [one, sign, other, year, ...rest] = last.slice(1);
    // Dots and dashes part day.month.year; a slash does in much of the world, but where the month would be over 12.
    const dayFirst = sign !== '/' || Number(one) > 12;
    return utc([year!, ...(dayFirst ? [other!, one!] : [one!, other!]), ...rest]);
  }
  const compact = COMPACT.exec(text);
  if (compact !== null) return utc(compact.slice(1, 8));
  const day = TIME_OF_DAY.exec(text.trim());
  return day === null ? Number.NaN : utc(['1970', '1', '1', ...day.slice(1)]);
}

/** Time in a file name such as `center_2020_06_08_04_44_45_004.jpg` or `1573023423.234.png` [s]; NaN without one. */
export function timeInName(name: string): number {
  const stem = name.replace(/\.[a-z]+$/i, '');
  const date = secondsOfDate(stem);
  if (!Number.isNaN(date)) return date;
  const unix = UNIX.exec(stem);
  if (unix === null) return Number.NaN;
  const [, whole, fraction = '', milli, micro, nano] = unix;
  const seconds =
    whole !== undefined
      ? Number(`${whole}.${fraction || 0}`)
      : milli !== undefined
        ? Number(milli) / 1e3
        : micro !== undefined
          ? Number(micro) / 1e6
          : Number(nano) / 1e9;
  return seconds > EARLIEST && seconds < LATEST ? seconds : Number.NaN;
}

/** @param parts year, month, day, hour, minute, second and the second's decimals; NaN when there is no such moment */
function utc(parts: readonly (string | undefined)[]): number {
  const [year, month, day, hour, minute, second] = parts.map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const known = month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour < 24 && minute < 60 && second < 61;
  return known
    ? Date.UTC(year, month - 1, day, hour, minute, second) / 1000 + Number(`0.${parts[6] ?? 0}`)
    : Number.NaN;
}

function offsetOf(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z') return 0;
  const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)$/.exec(zone)!;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60);
}
