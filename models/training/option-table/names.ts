import { nearestNames } from '../../../sim/nearest-name.ts';
import { Refusal } from '../../../sim/refusal.ts';
import type { OptionTable } from './option.ts';
import { OPTION_TABLE } from './table.ts';

/** Today's names of options by those that they had before. */
const TODAY: ReadonlyMap<string, string> = new Map(
  Object.entries(OPTION_TABLE).flatMap(([name, { formerly }]) => (formerly === undefined ? [] : [[formerly, name]])),
);

/**
 * Given options under the names that they have today. One that is given under both names keeps the old one, too, so that
 * whoever checks the names refuses it.
 */
export function underTodaysNames(given: unknown): unknown {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return given;
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      const today = TODAY.get(name);
      return [today === undefined || Object.hasOwn(given, today) ? name : today, value];
    }),
  );
}

/** Given options under the names that they have today. @param note called with a line for each old name */
export function renamed<T>(
  given: Readonly<Record<string, T>>,
  note: (line: string) => void = () => {},
): Record<string, T> {
  for (const name of Object.keys(given)) {
    const today = TODAY.get(name);
    if (today !== undefined) note(`the training option ${name} is called ${today} now`);
  }
  return underTodaysNames(given) as Record<string, T>;
}

/**
 * Given options under today's names, each of which is in the table; their values are not looked at.
 * @param note called with a line for each old name
 * @throws Refusal for a name that is no option's
 */
export function knownOptions(
  given: Readonly<Record<string, unknown>>,
  note?: (line: string) => void,
  table: OptionTable = OPTION_TABLE,
): Record<string, unknown> {
  const named = renamed(given, note);
  const unknown = Object.keys(named).find((name) => !Object.hasOwn(table, name));
  if (unknown !== undefined) throw unknownOption(unknown, Object.keys(table));
  return named;
}

function unknownOption(name: string, known: readonly string[]): Refusal {
  const today = TODAY.get(name);
  const [what, mend] =
    today === undefined
      ? [`there is no option "${name}"`, `did you mean ${nearestNames(name, known)[0]}?`]
      : [`"${name}" is called ${today} now, and that is given, too`, 'remove one of them'];
  return new Refusal('wrong-training-option', 'training options', what, mend);
}
