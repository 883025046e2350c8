import { z } from 'zod';
import type { Conditions } from '../../../sim/conditions/conditions.ts';
import { PRESET_NAMES, type PresetName, presetConditions } from '../../../sim/conditions/presets.ts';
import { conditionsSchema } from '../../../sim/conditions/schema.ts';
import type { EpisodeSpec } from '../../../sim/episode/spec.ts';
import { type TrafficSpec, trafficSchema } from '../../../sim/traffic/traffic-spec.ts';
import { preference } from '../../shell/preferences.ts';
import { isPageDriver } from '../drivers/page-drivers.ts';

export const setupSchema = z.strictObject({
  /** Id that `openTrack` understands. */
  track: z.string(),
  /** Conditions by name. */
  preset: z.enum(PRESET_NAMES as [PresetName, ...PresetName[]]),
  /** Conditions of a recording or an episode as they were, in place of those that have the name. */
  exact: conditionsSchema.nullable(),
  /** Factor on the tyres' grip, 1 is dry asphalt. */
  friction: z.number().min(0.05).max(2),
  /** Age of the frame that the driver sees [s]. */
  delay: z.number().min(0).max(5),
  traffic: trafficSchema,
  seed: z.int().min(0),
  /** A driver reference: `human`, `expert`, `model:<id>`, … */
  driver: z.string().refine(isPageDriver, 'there is no such driver here'),
});

/** What is driven, by whom, in which conditions. */
export type DriveSetup = z.infer<typeof setupSchema>;

export const NO_TRAFFIC: TrafficSpec = { leading: 0, oncoming: 0, parked: 0 };

export const FIRST_SETUP: DriveSetup = {
  track: 'millbrook',
  preset: 'clear-day',
  exact: null,
  friction: 1,
  delay: 0,
  traffic: NO_TRAFFIC,
  seed: 1,
  driver: 'expert',
};

/** The last choice, kept from one start to the next. */
export const setup = preference('drive', setupSchema, FIRST_SETUP);

/** The part of a setup that the conditions of this name are. */
export function withPreset(preset: PresetName): Pick<DriveSetup, 'preset' | 'exact' | 'friction' | 'delay'> {
  const { friction, camera } = presetConditions(preset);
  return { preset, exact: null, friction, delay: camera.delay };
}

/** The part of a setup that brings these conditions back. */
export function withConditions(conditions: Conditions): Pick<DriveSetup, 'preset' | 'exact' | 'friction' | 'delay'> {
  const sameAs = (name: PresetName) => {
    const { colourSeed } = conditions;
    return JSON.stringify({ ...presetConditions(name), colourSeed }) === JSON.stringify(conditions);
  };
  const named = PRESET_NAMES.find(sameAs);
  if (named !== undefined) return withPreset(named);
  return { preset: 'clear-day', exact: conditions, friction: conditions.friction, delay: conditions.camera.delay };
}

export function conditionsOf({ preset, exact, friction, delay, seed }: DriveSetup): Conditions {
  const base = exact ?? presetConditions(preset);
  return { ...base, friction, colourSeed: seed, camera: { ...base.camera, delay } };
}

/** The episode that is driven in the window, but for its length. */
export function specOf(setup: DriveSetup): Omit<EpisodeSpec, 'route'> {
  const { track, seed, traffic } = setup;
  return { track, seed, conditions: conditionsOf(setup), actuation: 'angle', traffic };
}

/** A choice with what an address asks for; what it asks for wrongly is left as it was. */
export function setupIn(options: URLSearchParams, before: DriveSetup): DriveSetup {
  const asked = options.get('conditions') as PresetName | null;
  const seed = options.get('seed');
  const choice = setupSchema.safeParse({
    ...before,
    ...(options.has('driver') && { driver: options.get('driver') }),
    ...(options.has('track') && { track: options.get('track') }),
    ...(asked !== null && PRESET_NAMES.includes(asked) && withPreset(asked)),
    ...(seed !== null && { seed: Number(seed) }),
  });
  return choice.success ? choice.data : before;
}
