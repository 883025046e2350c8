import type { Driver } from '../../../sim/drivers/driver.ts';
import { createExpert } from '../../../sim/drivers/expert.ts';
import { Episode, type FrameSource } from '../../../sim/episode/episode.ts';
import type { Track } from '../../../sim/track/track.ts';
import { type DriveSetup, specOf } from './setup.ts';

/** How much of an open road's end is not driven [m]. */
const END_OF_ROAD = 15;

/**
 * An episode without an end but the road's, with the expert beside the driver.
 * @param sensor the car's camera, if it has one
 * @param strayLimit how far from its line the car may be [m]
 */
export function openEpisode(
  track: Track,
  setup: DriveSetup,
  driver: Driver,
  sensor: FrameSource | null,
  strayLimit: () => number,
): Episode {
  return new Episode({
    track,
    driver,
    labeller: createExpert(),
    spec: {
      ...specOf(setup),
      track: track.id,
      route: track.closed ? Number.MAX_VALUE : track.length - END_OF_ROAD,
    },
    ...(sensor && { cameras: { centre: sensor } }),
    timeLimit: Number.MAX_VALUE,
    strayLimit,
  });
}
