import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MemoryStorage } from '../../datasets/storage/memory.ts';
import { CLAIM_LIFETIME, type Held, RunLock, readHolder } from './run-lock.ts';

const claim = (holder: string) => ({ holder, words: `process ${holder} on desk` });
const take = (storage: MemoryStorage, holder: string, isGone?: (held: Held) => boolean) =>
  RunLock.take(storage, { claim: claim(holder), ...(isGone && { isGone }) });

describe('the lock of a run', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is given to one of several who ask at once, and the others hear who has it', async () => {
    const storage = new MemoryStorage('runs/mine');
    const asked = ['a', 'b', 'c'].map((holder) => take(storage, holder));
    const ended = await Promise.allSettled(asked);
    expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const { words } = (await readHolder(storage))!;
    for (const end of ended) {
      if (end.status === 'rejected') expect(end.reason.message).toContain(`it is being trained by ${words}`);
    }
    for (const end of ended) if (end.status === 'fulfilled') await end.value.release();
    expect(await readHolder(storage)).toBeUndefined();
    await (await take(storage, 'd')).release();
  });

  it('stays with a holder who lives, and falls to the next when nothing was heard of him for long enough', async () => {
    const storage = new MemoryStorage('runs/mine');
    const living = await take(storage, 'living');
    await vi.advanceTimersByTimeAsync(10 * CLAIM_LIFETIME);
    await expect(take(storage, 'next')).rejects.toMatchObject({ code: 'run-held' });
    await living.release();
    const held = { ...claim('killed'), renewed: new Date().toISOString() };
    await storage.write('lock.json', JSON.stringify(held));
    await expect(take(storage, 'next')).rejects.toThrow(/process killed on desk, last heard of 0 s ago/);
    // Somebody who knows that the process has ended need not wait.
    await (await take(storage, 'knowing', ({ holder }) => holder === 'killed')).release();
    await storage.write('lock.json', JSON.stringify(held));
    await vi.advanceTimersByTimeAsync(CLAIM_LIFETIME);
    await (await take(storage, 'next')).release();
  });

  it('is taken again by the same holder, as after a reload, and from a file that says nothing', async () => {
    const storage = new MemoryStorage('runs/mine');
    await storage.write('lock.json', JSON.stringify({ ...claim('page'), renewed: new Date().toISOString() }));
    await (await take(storage, 'page')).release();
    await storage.write('lock.json', '{"holder":');
    await (await take(storage, 'page')).release();
  });

  it('tells a holder who was taken for dead that he has lost it, and leaves the new one alone', async () => {
    const storage = new MemoryStorage('runs/mine');
    const asleep = await take(storage, 'asleep');
    const awake = await take(storage, 'awake', () => true);
    await expect(asleep.renew()).rejects.toMatchObject({ code: 'run-held' });
    expect(asleep.lost.aborted).toBe(true);
    expect(String(asleep.lost.reason)).toContain('process awake on desk');
    await asleep.release();
    expect((await readHolder(storage))?.holder).toBe('awake');
    await awake.renew();
    await awake.release();
  });
});
