import { z } from 'zod';
import { CLEAR_DAY, type Conditions } from '../../../sim/conditions/conditions.ts';
import { preference } from '../../shell/preferences.ts';

export const LIGHTS = ['day', 'overcast', 'dusk'] as const;

export const setupSchema = z.strictObject({
  /** Id that `openTrack` understands. */
  track: z.string(),
  light: z.enum(LIGHTS),
  /** Factor on the tyres' grip, 1 is dry asphalt. */
  friction: z.number().min(0.2).max(1),
  /** Age of the frame that the driver sees [s]. */
  delay: z.number().min(0).max(0.5),
  seed: z.int().min(0).max(999_999),
  /** `human`, `expert` or `model:<id>`. */
  driver: z.string().regex(/^(human|expert|model:.+)$/),
});

/** What is driven, by whom, in which conditions. */
export type DriveSetup = z.infer<typeof setupSchema>;

export const FIRST_SETUP: DriveSetup = {
  track: 'millbrook',
  light: 'day',
  friction: 1,
  delay: 0,
  seed: 1,
  driver: 'expert',
};

/** The last choice, kept from one start to the next. */
export const setup = preference('drive', setupSchema, FIRST_SETUP);

export function conditionsOf({ light, friction, delay, seed }: DriveSetup): Conditions {
  return { ...CLEAR_DAY, light, friction, colourSeed: seed, camera: { ...CLEAR_DAY.camera, delay } };
}

/** The id of the model that drives, or null. */
export function modelOf(driver: string): string | null {
  return driver.startsWith('model:') ? driver.slice('model:'.length) : null;
}
