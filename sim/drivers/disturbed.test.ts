import { describe, expect, it } from 'vitest';
import { CLEAR_DAY } from '../conditions/conditions.ts';
import { Episode } from '../episode/episode.ts';
import { openTrack } from '../track/catalogue.ts';
import { createDisturbance, RECORDING_DISTURBANCE } from './disturbed.ts';
import { createExpert } from './expert.ts';

const TIMES = Array.from({ length: 4000 }, (_, i) => i * 0.05);

describe('a disturbance', () => {
  it('is the same for the same seed, in whatever order it is asked', () => {
    const forwards = createDisturbance(3);
    const backwards = createDisturbance(3);
    const late = [...TIMES].reverse().map((time) => backwards.at(time, 10).steeringAngle);
    expect(TIMES.map((time) => forwards.at(time, 10).steeringAngle)).toEqual(late.reverse());
    const other = createDisturbance(4);
    expect(TIMES.map((time) => other.at(time, 10).steeringAngle)).not.toEqual(late);
  });

  it('comes now and then, to both sides, and never jumps', () => {
    const disturbance = createDisturbance(5);
    const angles = TIMES.map((time) => disturbance.at(time, 10).steeringAngle);
    const active = angles.filter((angle) => angle !== 0).length / angles.length;
    expect(active).toBeGreaterThan(0.1);
    expect(active).toBeLessThan(0.6);
    expect(Math.min(...angles)).toBeLessThan(-0.2);
    expect(Math.max(...angles)).toBeGreaterThan(0.2);
    // 40 rad·m over the square of 10 m/s; the sine's square rises by pi/2·dt/duration at most within half a step each.
    const height = RECORDING_DISTURBANCE.strength[1] * 0.4;
    const steepest = (height * Math.PI * 0.05) / RECORDING_DISTURBANCE.duration[0];
    for (let i = 1; i < angles.length; i++) expect(Math.abs(angles[i]! - angles[i - 1]!)).toBeLessThan(steepest);
  });
});

it.each(['angle', 'torque'] as const)('makes the expert stray and come back by %s', async (actuation) => {
  const track = openTrack('larkfield');
  const disturbance = createDisturbance(11);
  const spec = { track: track.id, seed: 1, conditions: CLEAR_DAY, route: track.length, actuation };
  const episode: Episode = new Episode({
    track,
    spec,
    driver: createExpert(),
    disturbance: { at: (time) => disturbance.at(time, episode.car.state.speed) },
  });
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
