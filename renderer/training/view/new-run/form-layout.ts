import type { OptionTable } from '../../../../models/training/option-table/option.ts';
import { OPTION_GROUPS, OPTION_TABLE, type OptionGroup } from '../../../../models/training/option-table/table.ts';

/** How long and how fast it learns: what most people choose. */
const FIRST = ['epochs', 'stepsPerEpoch', 'learningRate', 'batch', 'time', 'stride'];
/** What the network sees of a frame stands beside the network. */
const SEEN = ['width', 'height', 'crop'];

export const FIRST_OPTIONS: OptionTable = pick(FIRST);
export const SEEN_OPTIONS: OptionTable = pick(SEEN);

/** All others in the groups of the table, under “More options”. */
export const MORE_OPTIONS: readonly OptionGroup[] = OPTION_GROUPS.map(({ title, options }) => ({
  title,
  options: Object.fromEntries(
    Object.entries(options).filter(([name]) => !FIRST.includes(name) && !SEEN.includes(name)),
  ),
})).filter(({ options }) => Object.keys(options).length > 0);

function pick(names: readonly string[]): OptionTable {
  return Object.fromEntries(names.map((name) => [name, OPTION_TABLE[name]!]));
}
