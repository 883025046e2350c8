import { describe, expect, it } from 'vitest';
import { CLEAR_DAY } from '../../sim/conditions/conditions.ts';
import { rootMeanSquare, whiteness } from '../../sim/maths/signals.ts';
import { type DriveTrace, type TraceTick, traceOf } from '../trace/drive-trace.ts';
import { autonomy, autonomyOf } from './autonomy.ts';
import { speedRms } from './speed-rms.ts';

const drive = (interventions: number, simulatedSeconds: number, completed = 1) => ({
  interventions,
  simulatedSeconds,
  completed,
});

describe('closed-loop scores', () => {
  it('gives 90 % for ten interventions in 600 s, the example of the paper', () => {
    expect(autonomyOf([drive(10, 600)])).toBeCloseTo(90, 12);
  });

  it('does not fall below zero, nor divide by zero for a drive that never began', () => {
    expect(autonomyOf([drive(20, 60)])).toBe(0);
    expect(autonomyOf([drive(0, 0, 0)])).toBe(0);
    expect(autonomyOf([])).toBe(0);
  });

  it('prices what was not driven as if a person had driven it', () => {
    expect(autonomyOf([drive(0, 100, 0)])).toBe(0);
    expect(autonomyOf([drive(0, 100, 0.6)])).toBeCloseTo(60, 12);
    // 2 · 6 s and a quarter of 100 s.
    expect(autonomyOf([drive(2, 100, 0.75)])).toBeCloseTo(63, 12);
    // (0 + 100 s) and (6 s + 0) of 100 s and 60 s.
    expect(autonomyOf([drive(0, 100, 0), drive(1, 60)])).toBeCloseTo((1 - 106 / 160) * 100, 12);
    expect(autonomy.arithmetic!(63, [drive(2, 100, 0.75)])).toBe(
      '1 − (2 interventions · 6 s + 25.0 s for 1 route not all driven) / 100.0 s = 63.0 %',
    );
  });

  it('takes the speed for 0 where the car never came', () => {
    const tick = (progress: number, actualSpeed: number, referenceSpeed: number) =>
      ({ progress, actualSpeed, referenceSpeed }) as TraceTick;
    // The expert's speeds at 0, 10, 20 and 30 m of 40 m.
    const reference = traceOf([tick(0, 0, 0), tick(10, 4, 4), tick(20, 8, 8), tick(30, 8, 8)], []);
    const spec = { track: 't', seed: 0, conditions: CLEAR_DAY, route: 40, actuation: 'angle' } as const;
    const errorOf = (trace: DriveTrace, completed: number) =>
      speedRms.ofEpisode(trace, { spec, seconds: 1, completed, reference });
    const standing = traceOf([tick(0, 0, 0), tick(0, 0, 0)], []);
    expect(errorOf(standing, 0)).toBeCloseTo(Math.sqrt((16 + 64 + 64) / 6), 12);
    const half = traceOf([tick(0, 0, 0), tick(10, 3, 4)], []);
    expect(errorOf(half, 0.5)).toBeCloseTo(Math.sqrt((1 + 64 + 64) / 4), 12);
    const whole = traceOf([tick(0, 0, 0), tick(10, 3, 4), tick(25, 8, 8)], []);
    expect(errorOf(whole, 1)).toBeCloseTo(Math.sqrt(1 / 3), 12);
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
