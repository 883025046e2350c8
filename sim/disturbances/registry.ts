import { z } from 'zod';
import { blankedFrames } from './blanked-frames.ts';
import type { DisturbanceKind } from './disturbance.ts';
import { gust } from './gust.ts';
import { lateFrames } from './late-frames.ts';
import { push } from './push.ts';
import { slipperyPatch } from './slippery-patch.ts';
import { steeringPushes } from './steering-pushes.ts';
import { steeringStuck } from './steering-stuck.ts';
import { yawKick } from './yaw-kick.ts';

/**
 * All that can befall a car in an episode, in the order in which it is listed. A new kind is a file beside these and a line
 * here.
 */
export const DISTURBANCES = [
  push,
  yawKick,
  gust,
  slipperyPatch,
  steeringStuck,
  steeringPushes,
  blankedFrames,
  lateFrames,
] as const;

/** The kinds that episodes may hold. */
export type DisturbanceKinds = readonly DisturbanceKind[];

/** A disturbance as it stands in an episode's spec. */
export type DisturbanceSpec = Readonly<z.output<(typeof DISTURBANCES)[number]['schema']>>;
/** A disturbance as a person writes it: what has a usual value may be left out. */
export type DisturbanceInput = Readonly<z.input<(typeof DISTURBANCES)[number]['schema']>>;

/** Schema of a disturbance of one of these kinds. */
export function disturbanceSchemaFor(kinds: DisturbanceKinds): z.ZodType<DisturbanceSpec, DisturbanceInput> {
  const [first, ...others] = kinds.map(({ schema }) => schema);
  return z.discriminatedUnion('kind', [first!, ...others]) as unknown as z.ZodType<DisturbanceSpec, DisturbanceInput>;
}

export const disturbanceSchema = disturbanceSchemaFor(DISTURBANCES);
