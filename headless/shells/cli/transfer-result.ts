import type { Output } from '../../machine/terminal/output.ts';
import { printable } from '../../machine/terminal/printable.ts';

/** Samples left out that are listed on the terminal; `--json` has them all. */
const LISTED = 20;

/** Said behind the count of an import or export that was stopped. */
export const STOPPED = '; stopped early, the same command goes on with it';

/** Lists what a transfer left out, with the reasons. */
export function listSkipped(skipped: readonly string[], output: Output): void {
  for (const line of skipped.slice(0, LISTED)) output.line(`left out: ${printable(line)}`);
  if (skipped.length > LISTED) output.line(`left out: ${skipped.length - LISTED} more; --json lists them all`);
}
