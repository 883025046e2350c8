import { describe, expect, it } from 'vitest';
import { type CalibrationReadings, checkStep, profileOf } from './calibration.ts';
import { readGamepad } from './gamepad.ts';
import { profileFor, profileSchema } from './profiles.ts';

const buttons = [{ value: 0 }];
/** A wheel on axis 1 that points left and stands a little off, pedals on axes 3 and 2 that rest at 1 and -1. */
const readings: CalibrationReadings = {
  rest: { axes: [0, 0.04, -1, 1], buttons },
  left: { axes: [0, 0.9, -1, 1], buttons },
  right: { axes: [0, -0.8, -1, 1], buttons },
  throttle: { axes: [0, 0.05, -1, -0.9], buttons },
  brake: { axes: [0, 0.02, 0.7, 1], buttons },
};
const base = profileFor('some wheel', '');

describe('a calibration', () => {
  it('finds which axis is which, where it rests and how far it goes', () => {
    const profile = profileOf(readings, base, 0.02);
    expect(profileSchema.parse(profile)).toEqual(profile);
    const at = (axes: number[]) => readGamepad({ axes, buttons }, profile);
    expect(at([0, 0.04, -1, 1])).toEqual({ steeringAngle: 0, throttle: 0, brake: 0 });
    expect(at([0, 0.9, -1, 1]).steeringAngle).toBeCloseTo(base.reach, 12);
    expect(at([0, -0.8, -1, 1]).steeringAngle).toBeCloseTo(-base.reach, 12);
    expect(at([0, 0.04, 0.7, -0.9])).toMatchObject({ throttle: 1, brake: 1 });
  });

  it('takes a trigger that reports as a button', () => {
    const pad = { ...readings, brake: { axes: [0, 0.04, -1, 1], buttons: [{ value: 1 }] } };
    expect(profileOf(pad, base, 0.02).brake).toMatchObject({ from: 'button', index: 0 });
  });

  it('says at once when nothing was moved, or the wrong way', () => {
    const rest = readings.rest!;
    expect(() => checkStep('left', { rest, left: rest })).toThrow(/nothing moved/);
    expect(() => checkStep('right', { ...readings, right: readings.left! })).toThrow(/other way/);
    // The wheel still turned is no pedal.
    expect(() => checkStep('throttle', { ...readings, throttle: readings.left! })).toThrow(/nothing moved/);
    expect(() => checkStep('right', readings)).not.toThrow();
  });
});
