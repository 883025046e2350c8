import { describe, expect, it } from 'vitest';
import { CLEAR_DAY } from '../conditions/conditions.ts';
import { createExpert } from '../drivers/expert.ts';
import { Episode } from '../episode/episode.ts';
import { createStream } from '../random/stream.ts';
import { openTrack } from '../track/catalogue.ts';
import { createVehicleState } from '../vehicle/state.ts';
import { RECORDING_PUSHES, steeringPushes } from './steering-pushes.ts';

const TIMES = Array.from({ length: 4000 }, (_, i) => i * 0.05);
const STRAIGHT = { steeringAngle: 0, torque: 0, speed: 10 };

/** What is added to the steering-wheel angle at each of these times, at 10 m/s [rad]. */
function angles(seed: number, times: readonly number[] = TIMES): number[] {
  const effect = steeringPushes.make(RECORDING_PUSHES, createStream(seed, 'disturbance'));
  const state = { ...createVehicleState(), speed: 10 };
  return times.map((time) => {
    if (!effect.acts!({ time, state })) return 0;
    return effect.command!(STRAIGHT, { time, elapsed: 0, state }).steeringAngle;
  });
}

describe('pushes of the steering', () => {
  it('are the same for the same seed, in whatever order they are asked', () => {
    const late = angles(3, [...TIMES].reverse());
    expect(angles(3)).toEqual(late.reverse());
    expect(angles(4)).not.toEqual(late);
  });

  it('come now and then, to both sides, and never jump', () => {
    const added = angles(5);
    const active = added.filter((angle) => angle !== 0).length / added.length;
    expect(active).toBeGreaterThan(0.1);
    expect(active).toBeLessThan(0.6);
    expect(Math.min(...added)).toBeLessThan(-0.2);
    expect(Math.max(...added)).toBeGreaterThan(0.2);
    // 40 rad·m over the square of 10 m/s; the sine's square rises by pi/2·dt/duration at most within half a step each.
    const height = RECORDING_PUSHES.strength[1] * 0.4;
    const steepest = (height * Math.PI * 0.05) / RECORDING_PUSHES.duration[0];
    for (let i = 1; i < added.length; i++) expect(Math.abs(added[i]! - added[i - 1]!)).toBeLessThan(steepest);
  });
});

it.each(['angle', 'torque'] as const)('make the expert stray and come back by %s', async (actuation) => {
  const track = openTrack('larkfield');
  const disturbances = [RECORDING_PUSHES];
  const spec = { track: track.id, seed: 11, conditions: CLEAR_DAY, route: track.length, actuation, disturbances };
  const episode = new Episode({ track, spec, driver: createExpert() });
  const errors: number[] = [];
  while (!episode.done) {
    const tick = await episode.tick();
    expect(tick.intervened).toBe(false);
    errors.push(Math.abs(tick.lateralError));
  }
  expect(Math.max(...errors)).toBeGreaterThan(0.4);
  expect(Math.max(...errors)).toBeLessThan(0.95);
  expect(errors.filter((error) => error < 0.15).length / errors.length).toBeGreaterThan(0.3);
});
