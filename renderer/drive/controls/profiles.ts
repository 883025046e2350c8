import { z } from 'zod';
import type { AxisCalibration } from './axis.ts';

const axisSchema = z.strictObject({
  low: z.number(),
  rest: z.number(),
  high: z.number(),
  deadZone: z.number().min(0).max(0.5),
});

/** Where a device reports something: an axis or an analogue button, as numbered by the Gamepad API. */
const sourceSchema = z.strictObject({
  from: z.enum(['axis', 'button']),
  index: z.int().min(0).max(63),
  axis: axisSchema,
});
export type InputSource = z.infer<typeof sourceSchema>;

export const profileSchema = z.strictObject({
  name: z.string(),
  steering: sourceSchema,
  throttle: sourceSchema,
  brake: sourceSchema,
  /** Steering-wheel angle at the end of the axis [rad]. */
  reach: z.number().min(0.5).max(16),
  /** 1 is linear; above 1 the middle is finer. */
  exponent: z.number().min(1).max(4),
});
export type GamepadProfile = z.infer<typeof profileSchema>;

/** Raw steering axes point right. */
const STEERING: AxisCalibration = { low: 1, rest: 0, high: -1, deadZone: 0.02 };
const PEDAL: AxisCalibration = { low: 1, rest: 1, high: -1, deadZone: 0.04 };
const TRIGGER: AxisCalibration = { low: 0, rest: 0, high: 1, deadZone: 0.04 };
const axis = (index: number, calibration: AxisCalibration): InputSource => ({ from: 'axis', index, axis: calibration });
const button = (index: number): InputSource => ({ from: 'button', index, axis: TRIGGER });

/** The standard mapping of the Gamepad API: left stick steers, right trigger accelerates, left trigger brakes. */
export const STANDARD_PAD: GamepadProfile = {
  name: 'Gamepad',
  steering: axis(0, { ...STEERING, deadZone: 0.1 }),
  throttle: button(7),
  brake: button(6),
  reach: 4,
  exponent: 1.8,
};

/** A wheel that turns 900 degrees, with pedals on axes that rest at 1. Calibration mends what differs. */
const wheel = (name: string, throttle: number, brake: number, degrees = 900): GamepadProfile => ({
  name,
  steering: axis(0, STEERING),
  throttle: axis(throttle, PEDAL),
  brake: axis(brake, PEDAL),
  reach: (degrees / 2) * (Math.PI / 180),
  exponent: 1,
});

/** USB vendor and product, as browsers put them into a device's id, and where such wheels report their pedals. */
const WHEELS: readonly { readonly id: RegExp; readonly profile: GamepadProfile }[] = [
  { id: /046d.*c24f|046d.*c29b|G2[79]|G29/i, profile: wheel('Logitech wheel', 2, 3) },
  { id: /046d.*c26|G92[03]/i, profile: wheel('Logitech G920/G923', 1, 2) },
  { id: /044f|thrustmaster/i, profile: wheel('Thrustmaster wheel', 2, 1) },
  { id: /0eb7|fanatec/i, profile: wheel('Fanatec wheel', 2, 3) },
  { id: /346e|moza/i, profile: wheel('MOZA wheel', 2, 3) },
  { id: /wheel|racing/i, profile: wheel('Steering wheel', 2, 3) },
];

/** The profile to begin with for a device that reports this id and mapping. */
export function profileFor(id: string, mapping: string): GamepadProfile {
  if (mapping === 'standard') return STANDARD_PAD;
  return WHEELS.find((known) => known.id.test(id))?.profile ?? { ...STANDARD_PAD, name: 'Unknown device' };
}
