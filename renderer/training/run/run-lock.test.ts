import { afterEach, expect, it, vi } from 'vitest';
import { isTrainedElsewhere, lockOf } from './run-lock.ts';

afterEach(() => vi.unstubAllGlobals());

/** Web Locks as far as they are used: one holder a name, who lets go after a while, or never. */
function stubLocks(name: string, released: Promise<void>): void {
  const request = async (asked: string, { signal }: { signal: AbortSignal }, then: () => unknown) => {
    if (asked !== name) return then();
    const given = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    await Promise.race([released, given]);
    return then();
  };
  vi.stubGlobal('navigator', { locks: { request } });
}

it('waits for a page that is being reloaded, which lets go of its run a moment later', async () => {
  stubLocks(lockOf('mine'), new Promise((resolve) => setTimeout(resolve, 200)));
  expect(await isTrainedElsewhere('mine')).toBe(false);
});

it('leaves a run to the page that goes on holding it', async () => {
  stubLocks(lockOf('theirs'), new Promise(() => {}));
  expect(await isTrainedElsewhere('theirs')).toBe(true);
  expect(await isTrainedElsewhere('another')).toBe(false);
});
