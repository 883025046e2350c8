import { describe, expect, it } from 'vitest';
import { rootMeanSquare, whiteness } from '../../sim/maths/signals.ts';
import { autonomyOf } from './autonomy.ts';

describe('closed-loop scores', () => {
  it('gives 90 % for ten interventions in 600 s, the example of the paper', () => {
    expect(autonomyOf(10, 600)).toBeCloseTo(90, 12);
  });

  it('does not fall below zero, nor divide by zero for a drive that never began', () => {
    expect(autonomyOf(20, 60)).toBe(0);
    expect(autonomyOf(0, 0)).toBe(100);
  });

  it('measures whiteness of a ramp as its slope', () => {
    const slope = 0.3; // rad/s
    const angles = Array.from({ length: 50 }, (_, i) => (slope * i) / 20);
    expect(whiteness(angles, 20)).toBeCloseTo((slope * 180) / Math.PI, 9);
    expect(whiteness([1], 20)).toBe(0);
  });

  it('squares before it averages', () => {
    expect(rootMeanSquare([3, -4])).toBeCloseTo(Math.sqrt(12.5), 12);
  });
});
