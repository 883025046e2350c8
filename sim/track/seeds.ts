/** Whole numbers from `first` to `last`, both included. */
export interface SeedRange {
  readonly first: number;
  readonly last: number;
}

/** Seeds of roads and episodes that models may learn from. */
export const TRAINING_SEEDS: SeedRange = { first: 1, last: 99_999 };
/** Seeds of the roads that have names; people look at them and drive on them, no built-in suite uses them. */
export const BUILT_IN_SEEDS: SeedRange = { first: 500_000, last: 599_999 };
/** Seeds of roads and episodes in suites; nothing is trained on them. */
export const SUITE_SEEDS: SeedRange = { first: 900_000, last: 999_999 };

/** Whether `seed` lies in `range`. */
export function isInRange(seed: number, range: SeedRange): boolean {
  return Number.isInteger(seed) && seed >= range.first && seed <= range.last;
}
