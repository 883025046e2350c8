import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { FROM_SOURCE } from '../../machine/processes/own-module.ts';

/** How long `wheelhouse --help` takes. */
export interface StartUp {
  /** Median from the sources of a checkout [ms]. */
  readonly source: number;
  /** Median as it is installed, as plain JavaScript [ms]. */
  readonly built: number;
}

const SOURCE = fileURLToPath(new URL('../../bin/wheelhouse.mjs', import.meta.url));
const BUILT = fileURLToPath(new URL('../../../dist/app/headless/bin/wheelhouse.js', import.meta.url));

/**
 * Times both by turns, so that what else the machine does slows both.
 * @param starts of each
 * @returns the reason where there are not both
 */
export function timeStartUp(starts = 7): StartUp | string {
  if (!FROM_SOURCE) return 'only a checkout has both';
  if (!existsSync(BUILT)) return 'nothing is built; type: npm run build';
  const times = Array.from({ length: starts }, () => [timeHelp(SOURCE), timeHelp(BUILT)] as const);
  return { source: median(times.map(([source]) => source)), built: median(times.map(([, built]) => built)) };
}

/** @returns milliseconds */
function timeHelp(program: string): number {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, [program, '--help'], { stdio: 'ignore' });
  if (status !== 0) throw new Error(`${program} --help ended with ${status}`);
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!;
}
