import { describe, expect, it } from 'vitest';
import { Refusal } from '../../sim/refusal.ts';
import { isAway, patiently } from './patiently.ts';

const gone = () => new Refusal('host-gone', '', 'Wheelhouse does not answer', 'start it again');

describe('patiently', () => {
  it('tries again while the host is away, and says when it goes and when it is back', async () => {
    const told: boolean[] = [];
    let tries = 0;
    const work = async () => {
      tries++;
      if (tries === 1) throw gone();
      if (tries === 2) throw new Refusal('no-session', '', 'this page has no session', 'open the address again');
      return 'there';
    };
    expect(await patiently(work, (away) => told.push(away), 1)).toBe('there');
    expect([tries, told]).toEqual([3, [true, false]]);
  });

  it('gives up at once on anything else', async () => {
    let tries = 0;
    const work = async () => {
      tries++;
      throw new Refusal('disk-full', 'runs', 'the disk is full', 'make room');
    };
    await expect(patiently(work, undefined, 1)).rejects.toThrow(/disk is full/);
    expect(tries).toBe(1);
    expect(isAway(new Error('host-gone'))).toBe(false);
  });
});
