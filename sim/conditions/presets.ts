import { unknownName } from '../nearest-name.ts';
import { CLEAR_DAY, type Conditions } from './conditions.ts';
import { type ConditionsInput, conditionsSchema } from './schema.ts';

const PRESETS = {
  'clear-day': {},
  overcast: { light: 'overcast' },
  dusk: { light: 'dusk' },
  night: { light: 'night', camera: { noise: 0.015 } },
  'low-sun': { light: 'day', sun: { azimuth: null, elevation: 0.14 }, weather: { glare: 1 } },
  // Sight of 100 m in fog: 3.0 over the distance gives 5 % contrast (meteorological optical range, WMO No. 8).
  fog: { light: 'overcast', weather: { fog: 0.03, wetness: 0.2 } },
  rain: {
    light: 'overcast',
    weather: { fog: 0.004, rain: 12, wetness: 1 },
    wind: { speed: 5, direction: 0.8, gust: 1.5 },
  },
  snow: { light: 'overcast', weather: { fog: 0.006, snow: 0.9 } },
  leaves: { light: 'overcast', weather: { leaves: 0.5, wetness: 0.3 } },
  'rainy-night': { light: 'night', weather: { fog: 0.004, rain: 8, wetness: 1 }, camera: { noise: 0.015 } },
  wind: { wind: { speed: 8, direction: 0.8, gust: 2.5 } },
  'icy-patches': { light: 'overcast', frictionPatches: { perKilometre: 12, friction: 0.4 } },
  'slow-loop': { camera: { delay: 0.05 }, delays: { computation: 0.05, actuator: 0.05 } },
  'dirty-lens': { camera: { dirt: 0.25 } },
  'noisy-camera': { camera: { noise: 0.06, exposure: -0.5 } },
  'blurred-camera': { camera: { blur: 0.008 } },
  'dropped-frames': { camera: { dropped: 0.2 } },
} as const satisfies Record<string, ConditionsInput>;

/** Name of a set of conditions that the program brings along. */
export type PresetName = keyof typeof PRESETS;

/** All names, the plain ones first. */
export const PRESET_NAMES = Object.keys(PRESETS) as readonly PresetName[];

/** The conditions of that name; `clear-day` is `CLEAR_DAY`. */
export function presetConditions(name: PresetName): Conditions {
  return name === 'clear-day' ? CLEAR_DAY : conditionsSchema.parse(PRESETS[name]);
}

/**
 * The conditions that a person named.
 * @throws Refusal `unknown-conditions` that names the nearest one
 */
export function openConditions(name: string): Conditions {
  if (Object.hasOwn(PRESETS, name)) return presetConditions(name as PresetName);
  throw unknownName('conditions', name, PRESET_NAMES, 'there are none of that name');
}
