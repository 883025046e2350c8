import { distance } from 'fastest-levenshtein';
import { nearestNames } from '../../sim/nearest-name.ts';
import { Refusal } from '../../sim/refusal.ts';
import type { DriverKind } from './driver-kind.ts';
import type { DriverNeed } from './machine.ts';
import { DRIVER_KINDS, kindsFor, syntaxOf } from './registry.ts';

/** A driver as somebody named it, with the kind that it belongs to. */
export interface DriverReference {
  readonly kind: DriverKind;
  /** What follows the colon, or the whole text of a bare one; empty for a kind that is one word. */
  readonly argument: string;
}

/** What a refusal calls each need. */
const NEEDS: Readonly<Record<DriverNeed, string>> = {
  person: 'a person at the wheel',
  folders: 'a path of this machine, which is not taken here',
  library: 'the library, which is not open here',
  network: 'a network, which nothing runs here',
};

/** As many letters may be wrong in a word that is still recognised. */
const SLIPS = 2;

/**
 * Reads a driver reference: a word (`expert`), a word with an argument (`constant:3`, `model:mine`), or a bare text, which
 * is a model folder where paths are taken and a model's id where they are not.
 * @param offers what the machine has that is to open it
 * @throws Refusal `unknown-driver`, `bad-driver`, or `driver-not-here` for one that cannot be opened with what there is
 */
export function parseReference(
  text: string,
  offers: ReadonlySet<DriverNeed>,
  kinds: readonly DriverKind[] = DRIVER_KINDS,
): DriverReference {
  const colon = text.indexOf(':');
  const word = colon < 0 ? text : text.slice(0, colon);
  const named = kinds.find(({ name, argument }) => name === word && (argument !== undefined) === colon >= 0);
  const here = kindsFor(offers, kinds);
  const kind = named ?? here.find(({ bare }) => bare);
  const argument = named === undefined ? text : text.slice(word.length + 1);
  if (kind === undefined || (argument === '' && kind.argument !== undefined)) {
    throw unknownDriver(text, ['no driver of that name'], here);
  }
  const missing = kind.needs.find((need) => !offers.has(need));
  if (missing !== undefined) {
    throw new Refusal('driver-not-here', `driver ${text}`, `it needs ${NEEDS[missing]}`, listed(here));
  }
  kind.check?.(argument);
  return { kind, argument };
}

/** Whether `parseReference` takes it. */
export function isReference(text: string, offers: ReadonlySet<DriverNeed>): boolean {
  try {
    parseReference(text, offers);
    return true;
  } catch {
    return false;
  }
}

/**
 * The refusal for a name that nothing answers to.
 * @param tried what was looked for in vain, each as a clause: `no model folder there`
 * @param here the kinds that could be opened
 */
export function unknownDriver(text: string, tried: readonly string[], here: readonly DriverKind[]): Refusal {
  const word = text.split(':')[0]!;
  const nearest = nearestNames(
    word,
    here.map(({ name }) => name),
  )[0];
  // Most texts that are refused are folders, and mistyped paths, not words.
  const hint = nearest !== undefined && distance(word, nearest) <= SLIPS ? `did you mean ${nearest}? ` : '';
  return new Refusal('unknown-driver', `driver ${text}`, `there is ${joined(tried)}`, `${hint}${listed(here)}`);
}

function listed(here: readonly DriverKind[]): string {
  return `there are ${here.map((kind) => syntaxOf(kind, here)).join(', ')}`;
}

function joined(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
