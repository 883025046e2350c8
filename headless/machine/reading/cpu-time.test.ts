import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cpuTime } from './cpu-time.ts';

describe('processor time', () => {
  it.skipIf(!existsSync('/proc/self/stat'))('is that of the process, to the tick (needs /proc)', () => {
    const until = process.cpuUsage().user / 1000 + 100;
    while (process.cpuUsage().user / 1000 < until);
    const { user, system } = process.cpuUsage();
    const used = cpuTime(process.pid)!;
    // Each of the two is rounded down to 10 ms, and some is used between the two calls.
    expect(used).toBeGreaterThan((user + system) / 1000 - 21);
    expect(used).toBeLessThan((user + system) / 1000 + 500);
  });

  it('is not known of nobody', () => {
    expect([cpuTime(undefined), cpuTime(2 ** 30)]).toEqual([undefined, undefined]);
  });
});
