/** A share, e.g. `25 %`. */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** The largest change to either side, e.g. `± 0.5 m`. */
export function upTo(amount: number, digits: number, unit: string): string {
  return amount === 0 ? 'none' : `± ${amount.toFixed(digits)} ${unit}`;
}
