import { describe, expect, it } from 'vitest';
import type { RecordingChanges } from '../../host-api/contract.ts';
import { EditHistory } from './edit-history.ts';

const cut = { start: 1, end: 3 };

function history(save?: (edits: RecordingChanges) => Promise<void>) {
  const saved: RecordingChanges[] = [];
  const edits = new EditHistory({ cuts: [] }, save ?? (async (one) => void saved.push(one)));
  return { edits, saved };
}

describe('EditHistory', () => {
  it('keeps each change and takes it back, newest first', async () => {
    const { edits, saved } = history();
    await edits.change({ cuts: [cut] });
    await edits.change({ name: 'Rain' });
    expect(edits.current.value).toEqual({ name: 'Rain', cuts: [cut] });
    await edits.takeBack();
    expect(edits.current.value).toEqual({ cuts: [cut] });
    await edits.takeBack();
    await edits.takeBack();
    expect(saved).toEqual([{ cuts: [cut] }, { name: 'Rain', cuts: [cut] }, { cuts: [cut] }, { cuts: [] }]);
    expect(edits.canTakeBack.value).toBe(false);
  });

  it('saves in the order of the changes, however long one takes', async () => {
    const order: string[] = [];
    const { edits } = history(async ({ name }) => {
      if (name === 'slow') await new Promise((resolve) => setTimeout(resolve, 20));
      order.push(name!);
    });
    await Promise.all([edits.change({ name: 'slow' }), edits.change({ name: 'quick' })]);
    expect(order).toEqual(['slow', 'quick']);
  });

  it('is as before when a change cannot be saved', async () => {
    const { edits } = history(async () => {
      throw new Error('disk full');
    });
    await expect(edits.change({ cuts: [cut] })).rejects.toThrow('disk full');
    expect([edits.current.value, edits.canTakeBack.value]).toEqual([{ cuts: [] }, false]);
  });
});
