import { describe, expect, it } from 'vitest';
import type { Command } from '../command.ts';
import { CLEAR_DAY, type Conditions } from '../conditions/conditions.ts';
import type { Driver, Observation } from '../drivers/driver.ts';
import { createReplay } from '../drivers/replay.ts';
import type { Frame } from '../frame.ts';
import { DeadTime } from './dead-time.ts';
import { CONTROL_PERIOD } from './spec.ts';
import { driveAll, specWith } from './testing/drive.ts';

const TIME = 4;

/** Turns to and fro while it moves off. */
function createWaggle(): Driver {
  const commands = Array.from({ length: TIME / CONTROL_PERIOD }, (_, i) => ({
    time: i * CONTROL_PERIOD,
    command: { steeringAngle: 0.3 * Math.sin(i), torque: 2 * Math.cos(i), speed: i < 4 ? 0 : 8 },
  }));
  return createReplay(commands);
}

async function waggle(delays: Partial<Conditions['delays']>, actuation: 'angle' | 'torque') {
  const spec = specWith({ delays: { ...CLEAR_DAY.delays, ...delays } }, { actuation });
  const { ticks } = await driveAll(spec, { driver: createWaggle(), timeLimit: TIME, strayLimit: () => 50 });
  return ticks.map(({ state }) => state);
}

describe('a dead time', () => {
  it('hands out each value as many steps later', () => {
    const line = new DeadTime(3, 'rest');
    const arrived = ['a', 'b', 'c', 'd', 'e'].map((value, step) => {
      line.send(value, step);
      return line.at(step);
    });
    expect(arrived).toEqual(['rest', 'rest', 'rest', 'a', 'b']);
    line.clear('anew');
    expect(line.at(100)).toBe('anew');
    line.send('f', 101);
    expect([line.at(103), line.at(104)]).toEqual(['anew', 'f']);
  });

  it('of nothing lets values through at once', () => {
    const line = new DeadTime(0, 1);
    line.send(2, 0);
    expect(line.at(0)).toBe(2);
  });
});

describe.each(['angle', 'torque'] as const)('the dead time of the command, by %s', (actuation) => {
  it.each([
    ['computation', { computation: 0.1 }],
    ['actuator', { actuator: 0.1 }],
    ['both', { computation: 0.05, actuator: 0.05 }],
  ])('shifts all that the car does by two ticks: %s', async (_, delays) => {
    const prompt = await waggle({}, actuation);
    const late = await waggle(delays, actuation);
    // The car stands at first; from then on it does the same, two ticks later.
    expect(late.slice(2)).toEqual(prompt.slice(0, -2));
    expect(prompt.at(-1)!.speed).toBeGreaterThan(3);
  });

  it('may be shorter than a tick', async () => {
    const [prompt, half, late] = await Promise.all(
      [0, 0.025, 0.05].map((computation) => waggle({ computation }, actuation)),
    );
    expect(half).not.toEqual(prompt);
    expect(half).not.toEqual(late);
    const at = 60;
    expect(half![at]!.x).toBeGreaterThan(Math.min(prompt![at]!.x, late![at]!.x));
    expect(half![at]!.x).toBeLessThan(Math.max(prompt![at]!.x, late![at]!.x));
  });
});

describe('the way of the frames to the driver', () => {
  /** A picture that shows nothing but the tick at which it was taken. */
  const numbered = {
    async capture(_: unknown, time: number): Promise<Frame> {
      return { width: 8, height: 4, time, pixels: new Uint8Array(96).fill(Math.round(time / CONTROL_PERIOD)) };
    },
  };

  async function watch(camera: Partial<Conditions['camera']>) {
    const seen: Observation[] = [];
    const stay: Command = { steeringAngle: 0, torque: 0, speed: 0 };
    const driver: Driver = {
      name: 'watcher',
      needsFrames: true,
      start() {},
      drive(observation) {
        seen.push(observation);
        return stay;
      },
    };
    const spec = specWith({ camera: { ...CLEAR_DAY.camera, ...camera } });
    const { ticks } = await driveAll(spec, { driver, cameras: { centre: numbered }, timeLimit: 5 });
    return { seen, ticks };
  }

  const numbers = (seen: readonly Observation[]) => seen.map(({ frames }) => frames.centre?.pixels[0] ?? null);

  it('is as long as was asked for', async () => {
    const { seen, ticks } = await watch({ delay: 0.15 });
    expect(numbers(seen)).toEqual(ticks.map((_, i) => Math.max(0, i - 3)));
    expect(seen[20]!.frames.centre!.time).toBeCloseTo(17 * CONTROL_PERIOD, 9);
  });

  it('loses some frames, the same ones every time, and keeps the others', async () => {
    const { seen, ticks } = await watch({ dropped: 0.3 });
    const lost = numbers(seen).filter((number) => number === null).length;
    expect(lost).toBeGreaterThan(10);
    expect(lost).toBeLessThan(50);
    for (const [i, number] of numbers(seen).entries()) expect([null, i]).toContain(number);
    expect(numbers((await watch({ dropped: 0.3 })).seen)).toEqual(numbers(seen));
    for (const tick of ticks) expect(tick.frames.centre).toBeDefined();
  });

  it('blanks what the driver sees and not what the camera sees', async () => {
    const { seen, ticks } = await watch({ blank: true });
    expect(numbers(seen).every((number) => number === 0)).toBe(true);
    expect(ticks[7]!.frames.centre!.pixels[0]).toBe(7);
  });

  it('spoils the camera’s own picture for everybody', async () => {
    const { seen, ticks } = await watch({ noise: 0.1 });
    expect(ticks[50]!.frames.centre!.pixels).toEqual(seen[50]!.frames.centre!.pixels);
    expect(new Set(ticks[50]!.frames.centre!.pixels).size).toBeGreaterThan(20);
  });
});
