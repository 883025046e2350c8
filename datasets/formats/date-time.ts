/**
 * Time of a date as recordings write it [s since 1970]. Of its place nothing is known: it is taken as UTC, and only
 * differences are used.
 * @param parts digits of year, month, day, hour, minute, second and the second's decimals
 */
export function secondsOfDate(parts: readonly string[]): number {
  const [year, month, day, hour, minute, second] = parts.map(Number);
  return Date.UTC(year!, month! - 1, day, hour, minute, second) / 1000 + Number(`0.${parts[6]}`);
}
