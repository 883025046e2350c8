import { z } from 'zod';
import { RADIANS_PER_DEGREE } from '../units.ts';

const namesSchema = z.union([z.array(z.string()), z.record(z.string(), z.array(z.string()))]).nullish();

/** One feature of a LeRobot data set. */
export const featureSchema = z.looseObject({
  dtype: z.string(),
  shape: z.array(z.int().min(0)).min(1),
  names: namesSchema.catch(null),
});
export type Feature = z.infer<typeof featureSchema>;

/** `meta/info.json` of versions 2.1 and 3.0. */
export const infoSchema = z.looseObject({
  codebase_version: z.string(),
  fps: z.number().positive(),
  total_episodes: z.int().min(0).optional(),
  data_path: z.string(),
  video_path: z.string().nullish(),
  chunks_size: z.int().min(1).default(1000),
  features: z.record(z.string(), featureSchema),
});
export type Info = z.infer<typeof infoSchema>;

/** Names of the elements of a feature: as given, else a single one is called as the feature, and several are numbered. */
export function elementNames(key: string, feature: Feature): string[] {
  const { names, shape } = feature;
  const list = Array.isArray(names) ? names : names ? Object.values(names).flat() : [];
  const count = shape.reduce((product, size) => product * size, 1);
  if (count === 1 && list.length !== 1) return [key.split('.').at(-1)!];
  return list.length === count ? list : Array.from({ length: count }, (_, i) => String(i));
}

/** Fills `{name:03d}` fields of a path template. */
export function fillPath(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replaceAll(/\{(\w+)(?::0?(\d+)d)?\}/g, (whole, name: string, width: string | undefined) => {
    const value = values[name];
    return value === undefined ? whole : String(value).padStart(Number(width ?? 0), '0');
  });
}

/** Names of elements that we write, with the columns and units they hold. */
export const OWN_ELEMENTS: Readonly<Record<string, string>> = {
  steering_wheel_angle_rad: 'steeringAngle',
  speed_mps: 'speed',
  steering_torque_nm: 'torque',
  measured_speed_mps: 'measuredSpeed',
  measured_steering_wheel_angle_rad: 'measuredSteeringAngle',
  throttle: 'throttle',
  brake: 'brake',
};

/** What a name says about its unit, for sets that others made: column, factor, unit in words. */
export function guessElement(
  feature: string,
  name: string,
  steering: { readonly full: number; readonly ratio: number },
): { column: string; factor: number; unit: string; note?: string } | undefined {
  const text = name.toLowerCase();
  if (/steer/.test(text) && /norm|^steer(ing)?$/.test(text)) {
    return {
      column: 'steeringAngle',
      factor: -steering.full * steering.ratio,
      unit: 'share of full steering, right positive',
      note: 'the set does not tell the sign, full steering and ratio: they are assumed',
    };
  }
  if (/steer/.test(text) && /deg/.test(text)) {
    return {
      column: 'steeringAngle',
      factor: RADIANS_PER_DEGREE,
      unit: 'degrees, left positive',
      note: 'the sign is assumed',
    };
  }
  if (/steer/.test(text) && /rad/.test(text)) {
    return { column: 'steeringAngle', factor: 1, unit: 'rad, left positive', note: 'the sign is assumed' };
  }
  if (text === 'speed' || text === 'speed_kmh') {
    // L2D gives the vehicle's speed in km/h; other sets name the unit.
    const kmh = text === 'speed_kmh' || feature === 'observation.state.vehicle';
    return { column: 'speed', factor: kmh ? 1 / 3.6 : 1, unit: kmh ? 'km/h' : 'm/s', note: 'the unit is assumed' };
  }
  return undefined;
}

/** Cameras of ours by feature: `observation.images.front` and the like, or the only one, is `centre`. */
export function cameraNames(keys: readonly string[]): Map<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const key of keys) {
    const last = key.split('.').at(-1)!;
    const isCentre = keys.length === 1 || /^(image|front|center|centre|front_center|main)$/.test(last);
    const [wanted, whole] = [isCentre ? 'centre' : last, key].map((name) => name.replaceAll(/[^A-Za-z0-9_-]/g, '_'));
    const name = taken.has(wanted!) ? whole! : wanted!;
    taken.add(name);
    names.set(key, name);
  }
  return names;
}
