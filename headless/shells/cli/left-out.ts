import { samplesCut } from '../../../datasets/recording/edits.ts';
import type { Recording } from '../../../datasets/recording/recording.ts';
import { counted } from '../../../sim/counted.ts';
import type { Output } from '../../machine/terminal/output.ts';
import { printable } from '../../machine/terminal/printable.ts';

/** Samples left out that are listed on the terminal; `--json` has them all. */
const LISTED = 20;

/**
 * Tells what is to be known of recordings before they are used: what their readers noted, the bad samples that are left
 * out, and what a person cut out.
 * @returns samples cut out of all of them
 */
export function tellLeftOut(recordings: readonly Recording[], output: Output): number {
  for (const line of firstOf(recordings.flatMap(({ skipped }) => skipped))) output.warn(`left out: ${line}`);
  return tellCut(recordings, output);
}

/**
 * The same without the bad samples, for commands that list those at their end.
 * @returns samples cut out of all of them
 */
export function tellCut(recordings: readonly Recording[], output: Output): number {
  for (const line of recordings.flatMap(({ notes }) => notes)) output.note(`note: ${printable(line)}`);
  const cut = recordings.reduce((sum, { cuts }) => sum + samplesCut(cuts), 0);
  if (cut > 0) output.note(`${counted(cut, 'sample is', 'samples are')} cut out (edits.json) and left out here`);
  return cut;
}

/** Lists in a result what a transfer left out, with the reasons. */
export function listSkipped(skipped: readonly string[], output: Output): void {
  for (const line of firstOf(skipped)) output.line(`left out: ${printable(line)}`);
}

/** Tells in a result what is not the same in the target. @param lost as in `TransferResult`: names first, then lines */
export function tellLost(lost: readonly string[], output: Output): void {
  const isName = (text: string) => !/\s/.test(text);
  const columns = lost.filter(isName);
  if (columns.length > 0) output.line(`lost: no place there for ${columns.map(printable).join(', ')}`);
  for (const line of lost) if (!isName(line)) output.line(`lost: ${printable(line)}`);
}

function firstOf(lines: readonly string[]): string[] {
  const more = lines.length - LISTED;
  return [...lines.slice(0, LISTED), ...(more > 0 ? [`${more} more`] : [])];
}
