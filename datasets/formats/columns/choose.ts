import type { Role } from './roles.ts';
import { roleOfColumn } from './units.ts';

/** What a header tells of its columns, by position from 0. */
export interface ChosenColumns {
  readonly found: ReadonlyMap<Role, number>;
  /** Roles that several columns may have, none more likely than the others. */
  readonly unclear: ReadonlyMap<Role, readonly number[]>;
}

/** What a column is called where it is called as plainly as can be. */
const PLAIN: Readonly<Record<Role, readonly string[]>> = {
  picture: ['center', 'centre'],
  left: ['left'],
  right: ['right'],
  time: ['time', 'timestamp'],
  steering: ['steering', 'steering_angle'],
  speed: ['speed'],
  torque: ['torque'],
  throttle: ['throttle'],
  brake: ['brake'],
};

/** Finds out by their names what the columns of a table hold. */
export function chooseColumns(header: readonly string[]): ChosenColumns {
  const candidates = new Map<Role, number[]>();
  header.forEach((name, index) => {
    const role = roleOfColumn(name);
    if (role === undefined) return;
    const there = candidates.get(role);
    if (there === undefined) candidates.set(role, [index]);
    else there.push(index);
  });
  const found = new Map<Role, number>();
  const unclear = new Map<Role, readonly number[]>();
  for (const [role, places] of candidates) {
    const plain = PLAIN[role].flatMap((name) => places.filter((place) => header[place]!.toLowerCase() === name));
    const chosen = places.length === 1 ? places[0] : plain[0];
    if (chosen === undefined) unclear.set(role, places);
    else found.set(role, chosen);
  }
  return { found, unclear };
}
