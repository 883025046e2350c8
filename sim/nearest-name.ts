import { distance } from 'fastest-levenshtein';
import { Refusal } from './refusal.ts';

/** Known names, the likest to a mistyped one first: by edits of single letters (Levenshtein). */
export function nearestNames(name: string, known: readonly string[]): string[] {
  const edits = new Map(known.map((candidate) => [candidate, distance(candidate, name)]));
  return [...known].sort((a, b) => edits.get(a)! - edits.get(b)!);
}

/** The mend for a name that is not known. @param known all that are, at least one */
export function didYouMean(name: string, known: readonly string[]): string {
  return `did you mean ${nearestNames(name, known)[0]}? There are ${known.join(', ')}`;
}

/**
 * The refusal of a name that is not known, with the one that may have been meant.
 * @param kind what it should name, e.g. `suite`
 * @param known all names of that kind, at least one
 * @param what is wrong, where the usual words do not fit
 */
export function unknownName(
  kind: string,
  name: string,
  known: readonly string[],
  what = `there is no such ${kind}`,
): Refusal {
  return new Refusal(`unknown-${kind}`, `${kind} ${name}`, what, didYouMean(name, known));
}
