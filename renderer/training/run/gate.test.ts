import { describe, expect, it } from 'vitest';
import { behindGate, Gate } from './gate.ts';

describe('Gate', () => {
  it('lets windows through only while it is open', async () => {
    const gate = new Gate();
    const loaded: number[][] = [];
    const source = behindGate(
      {
        length: 3,
        next: Int32Array.of(1, 2, -1),
        async load(indices) {
          loaded.push([...indices]);
          return {} as never;
        },
      },
      gate,
    );
    // What follows what, for memory that is carried from window to window.
    expect([...source.next!]).toEqual([1, 2, -1]);
    await source.load([0]);
    gate.pause();
    gate.pause();
    const waiting = source.load([1]);
    // Everything that can happen without the gate has happened.
    await new Promise((resolve) => setTimeout(resolve));
    expect(loaded).toEqual([[0]]);
    expect(gate.shut).toBe(true);
    gate.resume();
    await waiting;
    await source.load([2]);
    expect(loaded).toEqual([[0], [1], [2]]);
  });
});
