import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createWindowSource } from '../windows/window-source.ts';
import type { Cut } from './edits.ts';
import { storedIndex } from './edits.ts';
import { createRecording, type Recording } from './recording.ts';
import { withoutCuts } from './without-cuts.ts';

const LENGTH = 60;

/** Sample i has the steering angle i, and a picture whose every byte is i; a run of samples ends before sample 25. */
function numbered(): Recording {
  const time = Float64Array.from({ length: LENGTH }, (_, i) => i / 20);
  const centre = {
    has: (index: number) => index >= 0 && index < LENGTH,
    load: async (index: number) => ({ width: 2, height: 1, time: time[index]!, pixels: new Uint8Array(6).fill(index) }),
    encoded: async (index: number) => ({ type: 'raw' as const, bytes: new Uint8Array(6).fill(index) }),
    fingerprint: async () => 'pictures',
  };
  return createRecording({
    metadata: {
      format: 'wheelhouse',
      name: 'numbered',
      rate: 20,
      timeSource: 'recorded',
      cameras: { centre: { width: 2, height: 1 } },
      conversions: [],
    },
    columns: { time, steeringAngle: Float64Array.from({ length: LENGTH }, (_, i) => i) },
    cameras: { centre },
    breaks: [25],
  });
}

const cuts = fc
  .uniqueArray(fc.nat(LENGTH), { maxLength: 10 })
  .map((ends) => ends.sort((a, b) => a - b))
  .map((ends) => ends.slice(0, ends.length & ~1))
  .map((ends) => ends.flatMap((start, i): Cut[] => (i % 2 === 0 ? [{ start, end: ends[i + 1]! }] : [])));

describe('a recording without what is cut out', () => {
  it('has the other samples with their pictures, and its runs end at each cut', async () => {
    await fc.assert(
      fc.asyncProperty(cuts, async (out) => {
        const left = withoutCuts(numbered(), out);
        const kept = Array.from({ length: LENGTH }, (_, i) => i).filter(
          (i) => !out.some(({ start, end }) => i >= start && i < end),
        );
        expect([...left.columns.steeringAngle!]).toEqual(kept);
        expect([left.length, left.cuts]).toEqual([kept.length, out]);
        for (const [index, stored] of kept.entries()) {
          expect(storedIndex(out, index)).toBe(stored);
          expect((await left.frame(index, 'centre')).pixels[0]).toBe(stored);
          expect((await left.cameras.centre!.encoded!(index)).bytes[0]).toBe(stored);
        }
        const runs = left.segments.map(({ start, end }) => kept.slice(start, end));
        expect(runs.flat()).toEqual(kept);
        for (const run of runs) {
          expect(run).toEqual(Array.from(run, (_, i) => run[0]! + i));
          expect(run.includes(24) && run.includes(25)).toBe(false);
        }
      }),
    );
  });

  it('feeds no window that spans a cut, however short the cut is', async () => {
    const left = withoutCuts(numbered(), [{ start: 10, end: 11 }]);
    const source = createWindowSource([left], { time: 4, inputSize: { width: 2, height: 1 } });
    // 7 windows of samples 0 to 9, 11 of 11 to 24, 32 of 25 to 59.
    expect(source.length).toBe(7 + 11 + 32);
    const { targets } = await source.load(Array.from({ length: source.length }, (_, i) => i));
    for (let window = 0; window < source.length; window++) {
      const angles = [0, 1, 2, 3].map((t) => targets[3 * (4 * window + t)]!);
      expect(angles).toEqual([0, 1, 2, 3].map((t) => angles[0]! + t));
      expect(angles).not.toContain(10);
    }
  });

  it('has no frame where it has no sample, and pictures of its own for caches', async () => {
    const whole = numbered();
    const left = withoutCuts(whole, [{ start: 0, end: 5 }]);
    for (const index of [-1, LENGTH - 5])
      await expect(async () => left.frame(index, 'centre')).rejects.toThrow(/no frame/);
    const prints = await Promise.all(
      [whole, left, withoutCuts(whole, [{ start: 1, end: 6 }])].map(({ cameras }) => cameras.centre!.fingerprint!()),
    );
    expect(new Set(prints).size).toBe(3);
    expect(withoutCuts(whole, [])).toBe(whole);
  });
});
