import { CLEAR_DAY, type Conditions } from '../../conditions/conditions.ts';
import type { Driver } from '../../drivers/driver.ts';
import { createExpert } from '../../drivers/expert.ts';
import { openTrack } from '../../track/catalogue.ts';
import type { EpisodeOptions, Tick } from '../contract.ts';
import { Episode } from '../episode.ts';
import type { EpisodeSpec } from '../spec.ts';

/** An episode on a plain country road. */
export function specWith(conditions: Partial<Conditions> = {}, others: Partial<EpisodeSpec> = {}): EpisodeSpec {
  return {
    track: 'country:5',
    seed: 1,
    conditions: { ...CLEAR_DAY, ...conditions },
    route: 150,
    actuation: 'angle',
    ...others,
  };
}

/** Drives an episode to its end and keeps all of its ticks. */
export async function driveAll(spec: EpisodeSpec, options: Partial<EpisodeOptions> = {}) {
  const episode = new Episode({ track: openTrack(spec.track), spec, driver: createExpert(), ...options });
  const ticks: Tick[] = [];
  while (!episode.done) ticks.push(await episode.tick());
  return { episode, ticks, hash: episode.stateHash };
}

/** The expert, as if it were alone on the road. */
export function createCareless(): Driver {
  const expert = createExpert();
  return {
    ...expert,
    name: 'careless',
    start({ others: _, ...view }) {
      return expert.start(view);
    },
  };
}
