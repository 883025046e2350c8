import { describe, expect, it } from 'vitest';
import type { Actuation } from '../command.ts';
import { CLEAR_DAY } from '../conditions/conditions.ts';
import { Episode } from '../episode/episode.ts';
import { openTrack } from '../track/catalogue.ts';
import type { Driver } from './driver.ts';
import { createDrowsy } from './drowsy.ts';
import { createExpert } from './expert.ts';
import { createWeaving } from './weaving.ts';

async function lap(id: string, seed: number, actuation: Actuation, driver: Driver) {
  const track = openTrack(id);
  const spec = { track: id, seed, conditions: CLEAR_DAY, route: track.length, actuation };
  const episode = new Episode({ track, spec, driver, labeller: createExpert() });
  const errors: number[] = [];
  let disagreement = 0;
  let interventions = 0;
  while (!episode.done) {
    const { lateralError, command, label, intervened } = await episode.tick();
    errors.push(Math.abs(lateralError));
    disagreement = Math.max(disagreement, Math.abs(command.steeringAngle - label!.steeringAngle));
    if (intervened) interventions++;
  }
  return {
    completed: episode.completed,
    worst: Math.max(...errors),
    disagreement,
    interventions,
    hash: episode.stateHash,
  };
}

describe.each([
  ['weaving', createWeaving],
  ['drowsy', createDrowsy],
] as const)('the %s expert', (_name, create) => {
  it.each(['angle', 'torque'] as const)(
    'strays, stays on the road, and differs from its label by %s',
    async (actuation) => {
      for (const id of ['larkfield', 'eagle-pass']) {
        const { completed, worst, disagreement, interventions } = await lap(id, 5, actuation, create());
        expect(completed).toBe(1);
        expect(interventions).toBe(0);
        expect(worst).toBeGreaterThan(0.35);
        expect(worst).toBeLessThan(1);
        expect(disagreement).toBeGreaterThan(0.05);
      }
    },
  );

  it('does the same for the same seed, and something else for another', async () => {
    const [once, again, other] = await Promise.all([5, 5, 6].map((seed) => lap('plainview', seed, 'angle', create())));
    expect(again!.hash).toBe(once!.hash);
    expect(other!.hash).not.toBe(once!.hash);
  });
});
