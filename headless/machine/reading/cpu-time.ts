import { readFileSync } from 'node:fs';

/** Linux counts processor time in these for everyone (USER_HZ) [ms]. */
const TICK = 10;

/**
 * Processor time that a process has used so far, all its threads together [ms].
 * @returns undefined where there is no /proc, or no such process
 */
export function cpuTime(pid: number | undefined): number | undefined {
  if (pid === undefined) return undefined;
  try {
    // The name in the second field may hold blanks and brackets; utime and stime are fields 14 and 15 (proc(5)).
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)!.split(' ');
    const ticks = Number(fields[11]) + Number(fields[12]);
    return Number.isFinite(ticks) ? ticks * TICK : undefined;
  } catch {
    return undefined;
  }
}
