import { describe, expect, it } from 'vitest';
import { breathe } from '../../../sim/pace/breathe.ts';

describe('breathe', () => {
  it('lets others have their turn in a loop that never waits', async () => {
    const controller = new AbortController();
    const reason = new Error('stopped');
    setTimeout(() => controller.abort(reason), 10);
    const endless = async () => {
      while (true) await breathe(controller.signal);
    };
    await expect(endless()).rejects.toBe(reason);
  });
});
