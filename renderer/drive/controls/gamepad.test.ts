import { describe, expect, it } from 'vitest';
import { readGamepad } from './gamepad.ts';
import { profileFor, profileSchema, STANDARD_PAD } from './profiles.ts';

const buttons = (values: Record<number, number>) => Array.from({ length: 17 }, (_, i) => ({ value: values[i] ?? 0 }));

describe('readGamepad', () => {
  it('steers left for a stick that points left, finely in the middle', () => {
    const full = readGamepad({ axes: [-1], buttons: buttons({}) }, STANDARD_PAD);
    const half = readGamepad({ axes: [-0.55], buttons: buttons({}) }, STANDARD_PAD);
    expect(full.steeringAngle).toBeCloseTo(STANDARD_PAD.reach, 12);
    // The dead zone takes 10 % of the travel, so 0.55 is felt as one half.
    expect(half.steeringAngle).toBeCloseTo(STANDARD_PAD.reach * 0.5 ** STANDARD_PAD.exponent, 12);
    expect(readGamepad({ axes: [0.05], buttons: buttons({}) }, STANDARD_PAD).steeringAngle).toBe(0);
  });

  it('keeps brake and accelerator apart', () => {
    const input = readGamepad({ axes: [0], buttons: buttons({ 6: 1, 7: 0.52 }) }, STANDARD_PAD);
    expect(input.brake).toBe(1);
    expect(input.throttle).toBeCloseTo(0.5, 12);
  });

  it('reads a wheel whose pedals rest at one', () => {
    const profile = profileFor('G29 Driving Force Racing Wheel (Vendor: 046d Product: c24f)', '');
    const rest = readGamepad({ axes: [0, 0, 1, 1], buttons: [] }, profile);
    expect(rest).toEqual({ steeringAngle: 0, throttle: 0, brake: 0 });
    const pressed = readGamepad({ axes: [1, 0, -1, 1], buttons: [] }, profile);
    expect(pressed.throttle).toBe(1);
    expect(pressed.steeringAngle).toBeCloseTo(-(450 * Math.PI) / 180, 12);
  });

  it('treats what the device does not have as not pressed', () => {
    expect(readGamepad({ axes: [], buttons: [] }, STANDARD_PAD)).toEqual({ steeringAngle: 0, throttle: 0, brake: 0 });
  });
});

describe('profileFor', () => {
  it('takes the standard mapping at its word and finds wheels by their id', () => {
    expect(profileFor('Xbox Wireless Controller', 'standard')).toBe(STANDARD_PAD);
    expect(profileFor('044f-b66e-Thrustmaster T300RS', '').name).toBe('Thrustmaster wheel');
    expect(profileFor('something else', '').name).toBe('Unknown device');
  });

  it('gives profiles that can be stored and read again', () => {
    expect(profileSchema.parse(JSON.parse(JSON.stringify(STANDARD_PAD)))).toEqual(STANDARD_PAD);
  });
});
