import { describe, expect, it } from 'vitest';
import { createRecording, sliceRecording } from '../recording/recording.ts';
import { PULSE_SMOOTHING, smoothingOf, smoothSteering } from './smooth-steering.ts';

const drive = (angles: number[], breaks: number[] = []) =>
  createRecording({
    metadata: { format: 'wheelhouse', name: 'd', rate: 10, timeSource: 'recorded', cameras: {}, conversions: [] },
    columns: {
      time: Float64Array.from(angles, (_, i) => i / 10),
      steeringAngle: Float64Array.from(angles),
      torque: Float64Array.from(angles),
    },
    cameras: {},
    breaks,
  });
/** [s]; three of them do not end on a sample. */
const SIGMA = 0.31;
const steeringOf = (angles: number[], breaks?: number[]) => [
  ...smoothSteering(drive(angles, breaks), SIGMA).columns.steeringAngle!,
];

describe('smoothing the steering', () => {
  it('turns a pulse into a Gaussian of the same sum, and leaves everything else alone', () => {
    const pulse = Array.from({ length: 61 }, (_, i) => (i === 30 ? 1 : 0));
    const smooth = steeringOf(pulse);
    expect(smooth.reduce((sum, angle) => sum + angle, 0)).toBeCloseTo(1, 6);
    expect(smooth[33]! / smooth[30]!).toBeCloseTo(Math.exp(-((0.3 / SIGMA) ** 2) / 2), 6);
    expect(smooth[27]).toBeCloseTo(smooth[33]!, 12);
    expect(smooth[0]).toBe(0);
    const recording = drive(pulse);
    expect(smoothSteering(recording, SIGMA).columns.torque).toBe(recording.columns.torque);
    expect(smoothSteering(recording, 0)).toBe(recording);
  });

  it('keeps a constant angle, also at the ends, and gaps where nothing was recorded', () => {
    expect(steeringOf([0.4, 0.4, Number.NaN, 0.4]).map((angle) => Math.round(angle * 1e9) / 1e9)).toEqual([
      0.4,
      0.4,
      Number.NaN,
      0.4,
    ]);
  });

  it('never reaches over a break', () => {
    const smooth = steeringOf([0, 0, 0, 1, 1, 1], [3]);
    expect(smooth.map((angle) => Math.round(angle * 1e9) / 1e9)).toEqual([0, 0, 0, 1, 1, 1]);
  });

  it('happens by itself where somebody steered in pulses, also in a piece that shows only one of them', () => {
    const keyboard = drive(Array.from({ length: 200 }, (_, i) => (i % 15 < 4 ? 1 + (i % 3) : 0)));
    const wheel = drive(Array.from({ length: 200 }, (_, i) => Math.sin(i / 20)));
    expect(smoothingOf(keyboard, 'auto')).toBe(PULSE_SMOOTHING);
    expect(smoothingOf(sliceRecording(keyboard, 0, 20), 'auto')).toBe(PULSE_SMOOTHING);
    expect(smoothingOf(wheel, 'auto')).toBe(0);
    expect([smoothingOf(keyboard, 0), smoothingOf(wheel, 0.5)]).toEqual([0, 0.5]);
  });
});
