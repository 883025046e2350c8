import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addCut, type Cut, recordingEditsSchema, samplesCut, storedIndex } from '../../datasets/recording/edits.ts';
import { cutAt, nextUncut, restoreAt } from './cuts.ts';

const LENGTH = 60;
const cut = fc
  .tuple(fc.integer({ min: 0, max: LENGTH }), fc.integer({ min: 1, max: 20 }))
  .map(([start, length]) => ({ start, end: Math.min(LENGTH, start + length) }))
  .filter(({ start, end }) => end > start);

describe('cuts', () => {
  it('leave out exactly the samples of any of them, in the form that the host takes', () => {
    fc.assert(
      fc.property(fc.array(cut, { maxLength: 8 }), (list) => {
        const cuts = list.reduce<Cut[]>(addCut, []);
        expect(recordingEditsSchema.safeParse({ cuts }).success).toBe(true);
        const left = Array.from({ length: LENGTH }, (_, i) => i).filter(
          (i) => !list.some(({ start, end }) => i >= start && i < end),
        );
        expect(LENGTH - samplesCut(cuts)).toBe(left.length);
        expect(left.map((_, index) => storedIndex(cuts, index))).toEqual(left);
        for (let i = 0; i < LENGTH; i++) {
          expect(cutAt(cuts, i) === undefined).toBe(left.includes(i));
          expect(nextUncut(cuts, i, LENGTH)).toBe(left.find((other) => other >= i) ?? null);
        }
      }),
    );
  });

  it('can be restored one by one', () => {
    const cuts = [
      { start: 5, end: 10 },
      { start: 20, end: 30 },
    ];
    expect(restoreAt(cuts, 7)).toEqual([{ start: 20, end: 30 }]);
    expect(restoreAt(cuts, 10)).toEqual(cuts);
  });
});
