import { describe, expect, it } from 'vitest';
import type { Driver } from '../drivers/driver.ts';
import { expertCommand, studyRoad } from '../drivers/expert.ts';
import { openTrack } from '../track/catalogue.ts';
import { overlap } from '../traffic/collision.ts';
import type { VehicleState } from '../vehicle/state.ts';
import { DEFAULT_CAR } from '../vehicle/vehicles.ts';
import { CONTROL_PERIOD } from './spec.ts';
import { createCareless, driveAll, specWith } from './testing/drive.ts';

const leading = { traffic: { leading: 1, oncoming: 0, parked: 0 }, route: 600 };
const busy = { traffic: { leading: 2, oncoming: 5, parked: 8 }, route: 600 };

describe('in traffic', () => {
  it.each(['country:5', 'millbrook', 'old-quarter', 'ring-north', 'switchback'])(
    'the expert keeps its distance and drives its route on %s',
    async (track) => {
      const { episode, ticks } = await driveAll(specWith({}, { ...busy, track }));
      expect(episode.completed).toBe(1);
      expect(ticks.filter((tick) => tick.intervened)).toEqual([]);
      // It does come up with the car ahead: there is something to keep the distance to.
      const near = ticks.some(({ others, state }) =>
        others.some((car) => car.kind === 'leading' && Math.hypot(car.x - state.x, car.y - state.y) < 25),
      );
      expect(near).toBe(true);
    },
  );

  it('slows the expert down', async () => {
    const alone = await driveAll(specWith({}, { route: 600 }));
    const behind = await driveAll(specWith({}, leading));
    expect(behind.episode.time).toBeGreaterThan(1.1 * alone.episode.time);
  });

  it('who heeds nobody runs into the car ahead, is put back with room, and can go on', async () => {
    const { ticks, episode } = await driveAll(specWith({}, leading), { driver: createCareless() });
    const collisions = ticks.filter(({ collision }) => collision !== null);
    expect(collisions.length).toBeGreaterThan(0);
    for (const { intervened, strayed, collision, others, state, lateralError, index } of collisions) {
      expect(intervened).toBe(true);
      expect(strayed).toBe(0);
      expect(collision).toBe('leading-0');
      expect(Math.abs(lateralError)).toBeLessThan(1e-6);
      const car = others.find(({ id }) => id === collision)!;
      const gap = Math.hypot(car.x - state.x, car.y - state.y) - (car.length + DEFAULT_CAR.length) / 2;
      expect(gap).toBeGreaterThan(4.5);
      const soon = ticks.slice(index + 1, index + 20);
      expect(soon.every((tick) => tick.collision === null)).toBe(true);
    }
    expect(episode.completed).toBe(1);
  });

  it('touching is noticed at the very next tick, and never goes on', async () => {
    const { ticks } = await driveAll(specWith({}, leading), { driver: createCareless() });
    for (const { others, state } of ticks) {
      const { x, y, yaw } = state;
      const inner = { x, y, yaw, length: 0.9 * DEFAULT_CAR.length, width: 0.9 * DEFAULT_CAR.width };
      expect(others.some((car) => overlap(inner, car))).toBe(false);
    }
  });

  it('who strays into the cars of the town is told so', async () => {
    const track = openTrack('old-quarter');
    const parked = track.parkedCars!.find(({ lateral }) => lateral < 0)!;
    const knowledge = studyRoad({ track, vehicle: DEFAULT_CAR, controlPeriod: CONTROL_PERIOD });
    let truth: () => VehicleState;
    const driver: Driver = {
      name: 'kerb crawler',
      needsFrames: false,
      start: (view) => {
        truth = view.truth;
      },
      drive: () => expertCommand(knowledge, truth(), undefined, parked.lateral - track.laneCentre(parked.s)),
    };
    const spec = specWith({}, { track: track.id, route: parked.s + 20 });
    const { ticks } = await driveAll(spec, { driver, strayLimit: () => 8 });
    const collisions = ticks.filter(({ collision }) => collision !== null);
    expect(collisions.length).toBeGreaterThan(0);
    for (const { collision } of collisions) expect(collision).toMatch(/^road-\d+$/);
  });

  it('every tick tells where everybody is', async () => {
    const { ticks } = await driveAll(specWith({}, busy));
    const ids = ticks[0]!.others.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(ticks[0]!.others.map(({ kind }) => kind))).toEqual(new Set(['leading', 'oncoming', 'parked']));
    for (const tick of ticks) expect(tick.others.map(({ id }) => id)).toEqual(ids);
    const [first, second] = [ticks[100]!.others[0]!, ticks[101]!.others[0]!];
    expect(Math.hypot(second.x - first.x, second.y - first.y)).toBeLessThan(1.5);
    expect(first).not.toBe(second);
  });

  it('is part of the hash', async () => {
    const spec = { ...leading, route: 20 };
    const [alone, once, again] = await Promise.all([
      driveAll(specWith({}, { route: 20 })),
      driveAll(specWith({}, spec)),
      driveAll(specWith({}, spec)),
    ]);
    expect(once.hash).toBe(again.hash);
    expect(once.hash).not.toBe(alone.hash);
  });
});
