import { expect, it } from 'vitest';
import { CAMERA_RIGS } from '../../sim/camera/rigs.ts';
import { CLEAR_DAY } from '../../sim/conditions/conditions.ts';
import { openTrack } from '../../sim/track/catalogue.ts';
import { ROADS_ANYWHERE } from '../../sim/track/testing/same-road-elsewhere.ts';
import type { Track } from '../../sim/track/track.ts';
import { drivenMetadata } from './driven.ts';
import { metadataSchema } from './metadata.ts';

function metadataOn({ id, origin }: Track) {
  const spec = { track: id, seed: 1, conditions: CLEAR_DAY, actuation: 'angle' } as const;
  const driven = { name: 'one', driver: 'expert', spec, rig: CAMERA_RIGS.front, ...(origin && { origin }) };
  return metadataSchema.parse(JSON.parse(JSON.stringify(drivenMetadata(driven))));
}

it('says where the world of a road from a file lies, and nothing of the kind of a built-in road', () => {
  // The lane's middle is half a lane of 3.5 m to the right of the road's.
  const far = ROADS_ANYWHERE.OpenDRIVE({ x: 691_000, y: 5_334_000, z: 519 });
  const { x, y, z } = metadataOn(far).origin!;
  expect([x, y, z].map((value) => Number(value.toFixed(3)))).toEqual([691_000, 5_333_998.25, 519]);
  expect(metadataOn(openTrack('country:1')).origin).toBeUndefined();
});
