import { describe, expect, it } from 'vitest';
import type { Driver, Observation } from '../drivers/driver.ts';
import { createReplay } from '../drivers/replay.ts';
import { CONTROL_PERIOD, type EpisodeSpec } from '../episode/spec.ts';
import { driveAll, specWith } from '../episode/testing/drive.ts';
import type { Frame } from '../frame.ts';
import { DEFAULT_CAR } from '../vehicle/vehicles.ts';
import type { DisturbanceSpec } from './registry.ts';

/** Straight ahead at 12 m/s, hands still, on whatever road. */
async function straight(disturbances: readonly DisturbanceSpec[], others: Partial<EpisodeSpec> = {}) {
  const driver = createReplay([{ time: 0, command: { steeringAngle: 0, torque: 0, speed: 12 } }]);
  const spec = specWith({}, { disturbances, ...others });
  return (await driveAll(spec, { driver, timeLimit: 8, strayLimit: () => 1e3 })).ticks;
}

/** What a number of the car's state gains in the tick at 6 s. */
const gained = (ticks: Awaited<ReturnType<typeof straight>>, field: 'lateralSpeed' | 'yawRate') =>
  ticks[121]!.state[field] - ticks[120]!.state[field];

describe('forces on the body', () => {
  it('push the car sideways by force times time over mass, and hardly turn it', async () => {
    const base = { kind: 'push', time: 6, duration: 0.05, force: 5000 } as const;
    const left = gained(await straight([{ ...base, towards: 'left' }]), 'lateralSpeed');
    const right = gained(await straight([{ ...base, towards: 'right' }]), 'lateralSpeed');
    const expected = (5000 * 0.05) / DEFAULT_CAR.mass;
    // The tyres begin to hold against it within the tick.
    expect(left / expected).toBeGreaterThan(0.6);
    expect(left / expected).toBeLessThan(1);
    expect(right / -left).toBeCloseTo(1, 1);
  });

  it('turn the car by moment times time over the yaw inertia', async () => {
    const base = { kind: 'yaw-kick', time: 6, duration: 0.05, moment: 8000 } as const;
    const left = gained(await straight([{ ...base, towards: 'left' }]), 'yawRate');
    const expected = (8000 * 0.05) / DEFAULT_CAR.yawInertia;
    expect(left / expected).toBeGreaterThan(0.6);
    expect(left / expected).toBeLessThan(1);
    expect(gained(await straight([{ ...base, towards: 'right' }]), 'yawRate') / -left).toBeCloseTo(1, 1);
  });

  it('add up', async () => {
    const base = { kind: 'push', time: 6, duration: 0.05 } as const;
    const [once, both, none] = [
      await straight([{ ...base, force: 3000, towards: 'left' }]),
      await straight([
        { ...base, force: 2000, towards: 'left' },
        { ...base, force: 1000, towards: 'left' },
      ]),
      await straight([
        { ...base, force: 2000, towards: 'left' },
        { ...base, force: 2000, towards: 'right' },
      ]),
    ].map((ticks) => ticks.at(-1)!.state);
    expect(both).toEqual(once);
    expect(none).toEqual((await straight([])).at(-1)!.state);
  });

  it('blow a car to the side, and are gone after the gust', async () => {
    const gust = { kind: 'gust', time: 4, duration: 2, speed: 25 } as const;
    const calm = await straight([]);
    const left = await straight([{ ...gust, towards: 'left' }]);
    const right = await straight([{ ...gust, towards: 'right' }]);
    expect(left[80]!.state).toEqual(calm[80]!.state);
    const off = (ticks: typeof calm, i: number) => ticks[i]!.lateralError - calm[i]!.lateralError;
    expect(off(left, 120)).toBeGreaterThan(0.02);
    expect(off(right, 120)).toBeLessThan(-0.02);
    expect(left[119]!.disturbances).toHaveLength(1);
    expect(left[120]!.disturbances).toHaveLength(0);
  });
});

describe('the road', () => {
  it('is slippery on the patch alone', async () => {
    // Full braking on the patch, by a driver who does not know of it.
    const driver = () =>
      createReplay([
        { time: 0, command: { steeringAngle: 0, torque: 0, speed: 12 } },
        { time: 6, command: { steeringAngle: 0, torque: 0, speed: 0 } },
      ]);
    const brake = async (disturbances: readonly DisturbanceSpec[]) => {
      const { ticks } = await driveAll(specWith({}, { disturbances, route: 400 }), {
        driver: driver(),
        timeLimit: 8,
        strayLimit: () => 1e3,
      });
      return ticks.at(-1)!.state.speed;
    };
    const ice: DisturbanceSpec = { kind: 'slippery-patch', place: 30, length: 300, friction: 0.1 };
    expect(await brake([])).toBeLessThan(3);
    expect(await brake([ice])).toBeGreaterThan(8);
    expect(await brake([{ ...ice, place: 300 }])).toBe(await brake([]));
  });
});

describe('the steering', () => {
  it.each(['angle', 'torque'] as const)('stays where it is while it is stuck, by %s', async (actuation) => {
    const commands = Array.from({ length: 160 }, (_, i) => ({
      time: i * CONTROL_PERIOD,
      command: { steeringAngle: 0.4 * Math.sin(i / 4), torque: 3 * Math.cos(i / 4), speed: 10 },
    }));
    const turn = async (disturbances: readonly DisturbanceSpec[]) => {
      const spec = specWith({}, { actuation, disturbances });
      const options = { driver: createReplay(commands), timeLimit: 8, strayLimit: () => 1e3 };
      return (await driveAll(spec, options)).ticks.map(({ state }) => state.steeringWheelAngle);
    };
    const free = await turn([]);
    const stuck = await turn([{ kind: 'steering-stuck', time: 4, duration: 0.5 }]);
    expect(stuck.slice(0, 81)).toEqual(free.slice(0, 81));
    // The servo needs a moment to stop the wheel.
    const held = stuck.slice(83, 91);
    const moved = (angles: readonly number[]) => Math.max(...angles) - Math.min(...angles);
    expect(moved(held)).toBeLessThan(0.05);
    expect(moved(free.slice(83, 91))).toBeGreaterThan(0.1);
    expect(moved(stuck.slice(91, 110))).toBeGreaterThan(0.1);
  });

  it('stays as it is put when the car is put back', async () => {
    const stuck: DisturbanceSpec = { kind: 'steering-stuck', time: 4, duration: 20 };
    const { ticks } = await driveAll(specWith({}, { disturbances: [stuck] }));
    const back = ticks.findIndex(({ intervened }) => intervened);
    expect(back).toBeGreaterThan(80);
    const angles = ticks.slice(back, back + 8).map(({ state }) => state.steeringWheelAngle);
    expect(ticks[back + 7]!.disturbances).toHaveLength(1);
    expect(Math.abs(angles[7]! - angles[0]!)).toBeLessThan(0.02);
    expect(Math.abs(ticks[back - 1]!.state.steeringWheelAngle - angles[0]!)).toBeGreaterThan(0.05);
  });
});

describe('the frames', () => {
  /** A picture that shows nothing but the tick at which it was taken. */
  const numbered = {
    async capture(_: unknown, time: number): Promise<Frame> {
      return { width: 8, height: 4, time, pixels: new Uint8Array(96).fill(Math.round(time / CONTROL_PERIOD)) };
    },
  };

  /** Which frame the driver saw at each tick, and which the cameras took. */
  async function watch(disturbances: readonly DisturbanceSpec[], delay = 0) {
    const seen: Observation[] = [];
    const driver: Driver = {
      name: 'watcher',
      needsFrames: true,
      start() {},
      drive(observation) {
        seen.push(observation);
        return { steeringAngle: 0, torque: 0, speed: 0 };
      },
    };
    const base = specWith();
    const camera = { ...base.conditions.camera, delay };
    const spec = { ...base, conditions: { ...base.conditions, camera }, disturbances };
    const { ticks } = await driveAll(spec, { driver, cameras: { centre: numbered }, timeLimit: 1.5 });
    const number = (frame: Frame | undefined) => frame?.pixels[0] ?? null;
    return {
      seen: seen.map(({ frames }) => number(frames.centre)),
      taken: ticks.map(({ frames }) => number(frames.centre)),
    };
  }

  const counted = (length: number) => Array.from({ length }, (_, i) => i);

  it('are black for a while, and what the cameras took is kept', async () => {
    const { seen, taken } = await watch([{ kind: 'blanked-frames', time: 0.5, duration: 0.2 }]);
    expect(taken).toEqual(counted(30));
    expect(seen).toEqual(counted(30).map((i) => (i >= 10 && i < 14 ? 0 : i)));
  });

  it.each([0, 0.1])('come late for a while, and never go back in time, with a delay of %d s', async (delay) => {
    const { seen } = await watch([{ kind: 'late-frames', time: 0.5, duration: 0.4, delay: 0.15 }], delay);
    const usual = Math.round(delay / CONTROL_PERIOD);
    // Taken in ticks 10 to 17 they are 3 ticks late: at first the last one in time stays.
    const arriving = (tick: number) => {
      const newest = tick - usual;
      if (newest < 10) return Math.max(0, newest);
      if (newest > 17) return newest;
      return Math.max(9, newest - 3);
    };
    expect(seen).toEqual(counted(30).map(arriving));
  });
});
