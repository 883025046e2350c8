import type { DriverKind } from './driver-kind.ts';
import { CONSTANT } from './kinds/constant.ts';
import { DROWSY } from './kinds/drowsy.ts';
import { EXPERT } from './kinds/expert.ts';
import { HUMAN } from './kinds/human.ts';
import { FOLDER_MODEL, LIBRARY_MODEL, SHIPPED_MODEL } from './kinds/models.ts';
import { WEAVING } from './kinds/weaving.ts';
import type { DriverNeed } from './machine.ts';

/** Every kind of driver, in the order in which people are shown them. */
export const DRIVER_KINDS: readonly DriverKind[] = [
  HUMAN,
  EXPERT,
  SHIPPED_MODEL,
  FOLDER_MODEL,
  LIBRARY_MODEL,
  WEAVING,
  DROWSY,
  CONSTANT,
];

/** The kinds that a machine with these things can open. */
export function kindsFor(offers: ReadonlySet<DriverNeed>, kinds = DRIVER_KINDS): readonly DriverKind[] {
  return kinds.filter(({ needs }) => needs.every((need) => offers.has(need)));
}

/**
 * How a reference to such a driver is written, e.g. `constant:<m/s>`.
 * @param among the kinds that can be opened: the first bare one of them needs no word
 */
export function syntaxOf(kind: DriverKind, among: readonly DriverKind[]): string {
  const { name, argument } = kind;
  if (argument === undefined) return name;
  return among.find(({ bare }) => bare) === kind ? argument : `${name}:${argument}`;
}
