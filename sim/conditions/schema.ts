import { z } from 'zod';
import { parseOrRefuse } from '../parse.ts';
import { CLEAR_DAY, type Conditions } from './conditions.ts';

const share = z.number().min(0).max(1);
const angle = z
  .number()
  .min(-2 * Math.PI)
  .max(2 * Math.PI);
const { sun, weather, frictionPatches, wind, camera, delays } = CLEAR_DAY;

const sunSchema = z.strictObject({
  azimuth: angle.nullable().default(sun.azimuth),
  elevation: z
    .number()
    .min(-Math.PI / 2)
    .max(Math.PI / 2)
    .nullable()
    .default(sun.elevation),
});

const weatherSchema = z.strictObject({
  fog: z.number().min(0).max(0.5).default(weather.fog),
  rain: z.number().min(0).max(200).default(weather.rain),
  wetness: share.default(weather.wetness),
  snow: share.default(weather.snow),
  leaves: share.default(weather.leaves),
  glare: share.default(weather.glare),
});

const frictionSchema = z.number().min(0.05).max(2);

const patchesSchema = z.strictObject({
  perKilometre: z.number().min(0).max(100).default(frictionPatches.perKilometre),
  friction: frictionSchema.default(frictionPatches.friction),
});

const windSchema = z.strictObject({
  speed: z.number().min(0).max(40).default(wind.speed),
  direction: angle.default(wind.direction),
  gust: z.number().min(0).max(15).default(wind.gust),
});

const metres = z.number().min(-3).max(3).default(0);
const turn = z.number().min(-1).max(1).default(0);

const cameraSchema = z.strictObject({
  delay: z.number().min(0).max(5).default(camera.delay),
  blank: z.boolean().default(camera.blank),
  offset: z.strictObject({ x: metres, y: metres, z: metres, yaw: turn, pitch: turn }).prefault({}),
  fovFactor: z.number().min(0.25).max(2).default(camera.fovFactor),
  exposure: z.number().min(-6).max(6).default(camera.exposure),
  noise: share.default(camera.noise),
  blur: z.number().min(0).max(0.1).default(camera.blur),
  dirt: share.default(camera.dirt),
  dropped: share.default(camera.dropped),
});

const dead = z.number().min(0).max(5);
const delaysSchema = z.strictObject({
  computation: dead.default(delays.computation),
  actuator: dead.default(delays.actuator),
});

/** Conditions as they stand in files; what is left out is as on a clear day. */
export const conditionsSchema = z.strictObject({
  light: z.enum(['day', 'overcast', 'dusk', 'night']).default(CLEAR_DAY.light),
  sun: sunSchema.prefault({}),
  weather: weatherSchema.prefault({}),
  colourSeed: z.int().min(0).default(CLEAR_DAY.colourSeed),
  friction: frictionSchema.default(CLEAR_DAY.friction),
  frictionPatches: patchesSchema.prefault({}),
  wind: windSchema.prefault({}),
  camera: cameraSchema.prefault({}),
  delays: delaysSchema.prefault({}),
}) satisfies z.ZodType<Conditions>;

/** Conditions of which only what differs from a clear day need be there. */
export type ConditionsInput = z.input<typeof conditionsSchema>;

/**
 * Checks conditions from outside.
 * @param where they come from, for the message
 * @throws Refusal `bad-conditions` that names the field
 */
export function parseConditions(value: unknown, where: string): Conditions {
  return parseOrRefuse(conditionsSchema, value, {
    code: 'bad-conditions',
    where: `${where}: conditions`,
    joint: '.',
    mend: 'see sim/conditions/conditions.ts',
  });
}
