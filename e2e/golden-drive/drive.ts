import { readSuite } from '../../evaluation/suites/read-suite.ts';
import smoke from '../../evaluation/suites/smoke.json' with { type: 'json' };
import { randomConditions } from '../../sim/conditions/random.ts';
import { RECORDING_PUSHES } from '../../sim/disturbances/steering-pushes.ts';
import { createExpert } from '../../sim/drivers/expert.ts';
import { Episode } from '../../sim/episode/episode.ts';
import type { EpisodeSpec } from '../../sim/episode/spec.ts';
import { listTracks, openTrack } from '../../sim/track/catalogue.ts';
import { LIGHT_TRAFFIC } from '../../sim/traffic/traffic-spec.ts';

/** What a drive leaves to compare. */
export interface DriveTrail {
  readonly track: string;
  readonly stateHash: string;
  /** Hash of all states up to each second: the first that differs says when two drives parted. */
  readonly secondHashes: readonly string[];
}

/** Where and how it is driven: every built-in road and the quick suite, some by torque, some in traffic, all disturbed. */
function specs(): EpisodeSpec[] {
  const suite = readSuite(smoke, 'smoke.json').episodes;
  const roads = listTracks().map(({ id }, index): EpisodeSpec => {
    return { ...suite[0]!, track: id, seed: index, route: 300, actuation: index % 2 === 0 ? 'torque' : 'angle' };
  });
  // Everything that moves, slips, blows and comes late, in ten draws.
  const hindered = Array.from({ length: 10 }, (_, seed): EpisodeSpec => {
    const track = roads[(seed * 3) % roads.length]!.track;
    return { ...suite[0]!, track, seed, route: 200, conditions: randomConditions(seed), traffic: LIGHT_TRAFFIC };
  });
  return [...suite, ...roads, ...hindered];
}

/** Drives the golden drives with the expert. The same code runs in Node and in a browser. */
export async function driveGolden(): Promise<DriveTrail[]> {
  const trails: DriveTrail[] = [];
  for (const undisturbed of specs()) {
    const spec = { ...undisturbed, disturbances: [RECORDING_PUSHES] };
    const episode = new Episode({ track: openTrack(spec.track), spec, driver: createExpert() });
    while (!episode.done) await episode.tick();
    trails.push({ track: spec.track, stateHash: episode.stateHash, secondHashes: episode.secondHashes });
  }
  return trails;
}
