/** A share, e.g. `25 %`. */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** The largest change to either side, e.g. `± 0.5 m`. */
export function upTo(amount: number, digits: number, unit: string): string {
  return amount === 0 ? 'none' : `± ${amount.toFixed(digits)} ${unit}`;
}

/** How a slider in steps of `step` shows a number of a unit; `eitherWay` for a largest change. */
export function amountIn(unit: string | undefined, step: number, eitherWay = false): (amount: number) => string {
  if (unit === 'share') return percent;
  const [shownUnit, factor] = unit === 'rad' ? ['°', 180 / Math.PI] : [unit ?? '', 1];
  const digits = Math.max(0, Math.ceil(-Math.log10(step * factor)));
  if (eitherWay) return (amount) => upTo(amount * factor, digits, shownUnit);
  return (amount) => `${(amount * factor).toFixed(digits)} ${shownUnit}`.trim();
}
