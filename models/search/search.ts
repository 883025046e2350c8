import type { SearchConfig, Setting } from './search-config.ts';
import { settingsOf } from './settings.ts';

/** One training of a search. */
export interface Trial {
  /** Name that is the same whenever the search is run. */
  readonly name: string;
  /** Number of the setting. */
  readonly index: number;
  readonly setting: Setting;
  readonly seed: number;
  /** Epochs to train; absent where the training options say. */
  readonly epochs?: number;
}

/** A line of the table. */
export interface SearchRow {
  readonly index: number;
  readonly setting: Setting;
  /** Epochs of the last round that it took part in; absent without rounds. */
  readonly epochs?: number;
  /** What ranks the best epoch from each seed (`ranked`); null where the training failed. */
  readonly losses: readonly (number | null)[];
  /** Over the seeds; null when one of them failed. */
  readonly mean: number | null;
  readonly min: number | null;
  readonly max: number | null;
}

/**
 * Runs a search: every setting from every seed; with halving, round after round with more epochs for the better share.
 * @param train gives what ranks a trial, the smaller the better, null when it failed; is called in a fixed order
 * @returns the best setting first; of those that were dropped, the later dropped first
 */
export async function search(
  config: SearchConfig,
  train: (trial: Trial, done: number, total: number) => Promise<number | null>,
): Promise<SearchRow[]> {
  const settings = settingsOf(config);
  const rounds = config.method === 'halving' ? config.rounds : [undefined];
  const sizes = rounds.map((_, round) => Math.max(1, Math.ceil(settings.length * config.keep ** round)));
  const total = sizes.reduce((sum, size) => sum + size, 0) * config.seeds.length;
  let alive = settings.map((setting, index) => ({ setting, index }));
  let dropped: SearchRow[] = [];
  let done = 0;
  for (const [round, epochs] of rounds.entries()) {
    const rows: SearchRow[] = [];
    for (const { setting, index } of alive) {
      const losses: (number | null)[] = [];
      for (const seed of config.seeds) {
        const name = `${String(index + 1).padStart(3, '0')}-seed-${seed}${epochs === undefined ? '' : `-epochs-${epochs}`}`;
        losses.push(
          await train({ name, index, setting, seed, ...(epochs !== undefined && { epochs }) }, done++, total),
        );
      }
      rows.push({ index, setting, ...(epochs !== undefined && { epochs }), losses, ...spread(losses) });
    }
    rows.sort((a, b) => compare(a, b));
    const next = sizes[round + 1];
    if (next === undefined) return [...rows, ...dropped];
    dropped = [...rows.slice(next), ...dropped];
    alive = rows.slice(0, next).map(({ setting, index }) => ({ setting, index }));
  }
  return dropped;
}

function spread(losses: readonly (number | null)[]): Pick<SearchRow, 'mean' | 'min' | 'max'> {
  const known = losses.filter((loss) => loss !== null);
  if (known.length < losses.length) return { mean: null, min: null, max: null };
  const mean = known.reduce((sum, loss) => sum + loss, 0) / known.length;
  return { mean, min: Math.min(...known), max: Math.max(...known) };
}

/** The smaller mean first, failures last; the order of the settings where that does not decide. */
function compare(a: SearchRow, b: SearchRow): number {
  if (a.mean === null || b.mean === null) return Number(a.mean === null) - Number(b.mean === null) || a.index - b.index;
  return a.mean - b.mean || a.index - b.index;
}
