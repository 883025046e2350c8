import { describe, expect, it } from 'vitest';
import { CLEAR_DAY } from '../conditions/conditions.ts';
import { Episode } from '../episode/episode.ts';
import { cos, sin } from '../maths/deterministic.ts';
import { trackFromFile } from '../track/from-file.ts';
import type { Track } from '../track/track.ts';
import { createExpert } from './expert.ts';

/** A road of one lane through arcs and straights, `[length, curvature]` each, that join without any transition [m, 1/m]. */
function roadOf(pieces: readonly (readonly [number, number])[]): Track {
  let [s, x, y, heading] = [0, 0, 0, 0];
  const geometries = pieces.map(([length, curvature]) => {
    const shape = curvature === 0 ? '<line/>' : `<arc curvature="${curvature}"/>`;
    const geometry = `<geometry s="${s}" x="${x}" y="${y}" hdg="${heading}" length="${length}">${shape}</geometry>`;
    const turned = heading + length * curvature;
    x += curvature === 0 ? length * cos(heading) : (sin(turned) - sin(heading)) / curvature;
    y += curvature === 0 ? length * sin(heading) : (cos(heading) - cos(turned)) / curvature;
    [s, heading] = [s + length, turned];
    return geometry;
  });
  const lane = (id: number) => `<lane id="${id}" type="driving"><width sOffset="0" a="3.5" b="0" c="0" d="0"/></lane>`;
  const text = `<OpenDRIVE><header revMajor="1" revMinor="7"/><road id="1" length="${s}" junction="-1">
    <planView>${geometries.join('')}</planView>
    <lanes><laneOffset s="0" a="1.75" b="0" c="0" d="0"/><laneSection s="0"><center><lane id="0" type="none"/></center>
    <right>${lane(-1)}</right></laneSection></lanes></road></OpenDRIVE>`;
  return trackFromFile(text, 'road.xodr');
}

const quarter = (radius: number, side: 1 | -1) => [(Math.PI / 2) * radius, side / radius] as const;

describe.each(['angle', 'torque'] as const)('the expert steering by %s', (actuation) => {
  it.each([
    ['left into a side street', roadOf([[60, 0], quarter(6, 1), [60, 0]])],
    ['right, round a kerb', roadOf([[60, 0], quarter(5, -1), [60, 0]])],
    ['from one bend straight into the other', roadOf([[60, 0], quarter(7, 1), quarter(7, -1), [60, 0]])],
    ['out of a roundabout', roadOf([[40, 0], quarter(8, -1), [25, 1 / 10], quarter(8, -1), [40, 0]])],
  ] as const)('turns the wheel in time: %s', async (_, track) => {
    const spec = { track: track.id, seed: 1, conditions: CLEAR_DAY, route: track.length, actuation };
    const episode = new Episode({ track, spec, driver: createExpert() });
    let worst = 0;
    while (!episode.done) {
      const { lateralError, intervened } = await episode.tick();
      expect(intervened).toBe(false);
      worst = Math.max(worst, Math.abs(lateralError));
    }
    expect(episode.completed).toBe(1);
    expect(worst).toBeLessThan(0.7);
  });
});
