import { describe, expect, it } from 'vitest';
import type { Actuation } from '../command.ts';
import { CLEAR_DAY } from '../conditions/conditions.ts';
import { CONTROL_PERIOD, PHYSICS_STEPS_PER_TICK } from '../episode/spec.ts';
import { cos, sin, wrapAngle } from '../maths/deterministic.ts';
import { BUILT_IN_ROADS } from '../track/built-in-roads.ts';
import { openTrack } from '../track/catalogue.ts';
import type { Track } from '../track/track.ts';
import { Car } from '../vehicle/car.ts';
import { DEFAULT_CAR } from '../vehicle/vehicles.ts';
import { createExpert, EXPERT_STYLE, expertCommand, studyRoad } from './expert.ts';

interface Start {
  readonly s?: number;
  readonly lateral?: number;
  readonly turn?: number;
  readonly speed?: number;
}

/** Drives the car on a track with the expert alone, without anybody who puts it back. */
async function drive(track: Track, actuation: Actuation, distance: number, start: Start = {}) {
  const { s = 0, lateral = 0, turn = 0, speed = 0 } = start;
  const car = new Car(DEFAULT_CAR);
  const from = track.pointAt(s);
  const offset = track.laneCentre(s) + lateral;
  const x = from.x - offset * sin(from.heading);
  const y = from.y + offset * cos(from.heading);
  car.reset({ x, y, yaw: wrapAngle(from.heading + turn), speed });
  const expert = createExpert();
  await expert.start({ track, vehicle: DEFAULT_CAR, controlPeriod: CONTROL_PERIOD, seed: 1, truth: () => car.state });
  const errors: number[] = [];
  const speeds: number[] = [];
  let lateralAcceleration = 0;
  let position = { s, lateral: offset };
  let driven = 0;
  for (let time = 0; driven < distance && time < distance; time += CONTROL_PERIOD) {
    const command = await expert.drive({ frames: {}, speed: car.state.speed, time });
    const { grade, bank } = track.pointAt(position.s);
    for (let i = 0; i < PHYSICS_STEPS_PER_TICK; i++) {
      const surroundings = { friction: CLEAR_DAY.friction, grade, bank };
      car.step(CONTROL_PERIOD / PHYSICS_STEPS_PER_TICK, { actuation, ...command }, surroundings);
    }
    const before = position.s;
    position = track.project(car.state.x, car.state.y, before);
    const moved = position.s - before;
    driven += moved < -track.length / 2 ? moved + track.length : moved;
    errors.push(position.lateral - track.laneCentre(position.s));
    speeds.push(car.state.speed);
    lateralAcceleration = Math.max(lateralAcceleration, Math.abs(car.state.lateralAcceleration));
  }
  return { driven, errors, speeds, lateralAcceleration };
}

describe.each(BUILT_IN_ROADS.map((road) => road.id))('the expert on %s', (id) => {
  it.each(['angle', 'torque'] as const)('keeps the lane over a lap, at most 1.2 km, by %s', async (actuation) => {
    const track = openTrack(id);
    const distance = Math.min(1200, track.length);
    const { driven, errors, speeds, lateralAcceleration } = await drive(track, actuation, distance);
    expect(driven).toBeGreaterThanOrEqual(distance);
    expect(Math.max(...errors.map(Math.abs))).toBeLessThan(0.5);
    expect(Math.max(...speeds)).toBeLessThan(track.speedLimit(0) + 0.5);
    expect(lateralAcceleration).toBeLessThan(1.5 * EXPERT_STYLE.lateralAcceleration);
  });
});

describe('the expert comes back', () => {
  const track = openTrack('birchholt');
  const starts = [1.5, -1.5].flatMap((lateral) => [0, 0.175, -0.175].map((turn) => ({ lateral, turn })));
  it.each(starts)('from $lateral m off and turned by $turn rad', async ({ lateral, turn }) => {
    for (const actuation of ['angle', 'torque'] as const) {
      for (const s of [30, 400]) {
        const speed = 0.8 * studyRoad({ track, vehicle: DEFAULT_CAR, controlPeriod: CONTROL_PERIOD }).plan.at(s);
        const { errors, lateralAcceleration } = await drive(track, actuation, 110, { s, lateral, turn, speed });
        // Turned outwards by 10° it must first drift a little farther.
        expect(Math.max(...errors.map(Math.abs))).toBeLessThan(1.5 + (lateral * turn > 0 ? 1.2 : 0.05));
        const settled = errors.slice(-20).map(Math.abs);
        expect(Math.max(...settled)).toBeLessThan(0.25);
        const overshoot = Math.max(...errors.map((error) => -Math.sign(lateral) * error));
        expect(overshoot).toBeLessThan(0.45);
        expect(lateralAcceleration).toBeLessThan(6);
      }
    }
  });
});

describe('the command at a state', () => {
  const track = openTrack('birchholt');
  const knowledge = studyRoad({ track, vehicle: DEFAULT_CAR, controlPeriod: CONTROL_PERIOD });

  it('depends on the state alone, and not on the hint', () => {
    const car = new Car(DEFAULT_CAR);
    const { x, y, heading } = track.pointAt(200);
    car.reset({ x, y, yaw: wrapAngle(heading), speed: 9 });
    const once = expertCommand(knowledge, car.state);
    expertCommand(knowledge, { ...car.state, x: x + 30 });
    expect(expertCommand(knowledge, car.state)).toEqual(once);
    const hinted = expertCommand(knowledge, car.state, 205);
    expect(hinted.steeringAngle).toBeCloseTo(once.steeringAngle, 6);
  });

  it('steers left when the car is right of the lane, and the other way round', () => {
    const { x, y, heading, curvature } = track.pointAt(0);
    expect(Math.abs(curvature)).toBeLessThan(1e-9);
    const commandAt = (lateral: number) => {
      const car = new Car(DEFAULT_CAR);
      const offset = track.laneCentre(0) + lateral;
      const pose = { x: x - offset * sin(heading), y: y + offset * cos(heading) };
      car.reset({ ...pose, yaw: wrapAngle(heading), speed: 5 });
      return expertCommand(knowledge, car.state);
    };
    expect(commandAt(-0.8).steeringAngle).toBeGreaterThan(commandAt(0).steeringAngle + 0.1);
    expect(commandAt(0.8).steeringAngle).toBeLessThan(commandAt(0).steeringAngle - 0.1);
    expect(commandAt(-0.8).torque).toBeGreaterThan(commandAt(0.8).torque);
  });

  it('slows down for bends and keeps to what they allow', () => {
    let slowest = Infinity;
    for (let s = 0; s < track.length; s += 2) {
      const speed = knowledge.plan.at(s);
      const point = knowledge.path.at(s, { offset: 0, heading: 0, curvature: 0 });
      expect(speed * speed * Math.abs(point.curvature)).toBeLessThan(EXPERT_STYLE.lateralAcceleration * 1.1);
      const change = (knowledge.plan.at(s + 2) ** 2 - speed * speed) / 4;
      expect(change).toBeGreaterThan(-EXPERT_STYLE.braking - 0.05);
      expect(change).toBeLessThan(EXPERT_STYLE.acceleration + 0.05);
      slowest = Math.min(slowest, speed);
    }
    expect(slowest).toBeLessThan(0.7 * track.speedLimit(0));
  });
});
