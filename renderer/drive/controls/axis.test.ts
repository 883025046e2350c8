import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAxis } from './axis.ts';

describe('readAxis', () => {
  it('is nothing in the dead zone and everything at the ends', () => {
    const axis = { low: -0.9, rest: 0.1, high: 0.8, deadZone: 0.1 };
    expect(readAxis(0.1, axis)).toBe(0);
    expect(Math.abs(readAxis(0.16, axis))).toBe(0);
    expect(readAxis(0.8, axis)).toBe(1);
    expect(readAxis(1, axis)).toBe(1);
    expect(readAxis(-0.9, axis)).toBe(-1);
    // Halfway of the travel that is felt: 10 % + 45 % of 0.7 above rest.
    expect(readAxis(0.1 + 0.55 * 0.7, axis)).toBeCloseTo(0.5, 12);
  });

  it('reads a pedal that rests at one end, either way round', () => {
    const released = { low: 1, rest: 1, high: -1, deadZone: 0 };
    expect(readAxis(1, released)).toBe(0);
    expect(readAxis(0, released)).toBe(0.5);
    expect(readAxis(-1, released)).toBe(1);
  });

  it('never decreases along the travel', () => {
    const raw = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(raw, raw, fc.double({ min: 0, max: 0.5, noNaN: true }), (a, b, deadZone) => {
        const axis = { low: -1, rest: 0, high: 1, deadZone };
        expect(readAxis(Math.min(a, b), axis)).toBeLessThanOrEqual(readAxis(Math.max(a, b), axis));
      }),
    );
  });
});
