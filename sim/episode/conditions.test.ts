import { describe, expect, it } from 'vitest';
import { CLEAR_DAY, type Conditions } from '../conditions/conditions.ts';
import { createReplay } from '../drivers/replay.ts';
import { cos, sin } from '../maths/deterministic.ts';
import { openTrack } from '../track/catalogue.ts';
import { driveAll, specWith } from './testing/drive.ts';

const { weather, camera } = CLEAR_DAY;

/** One change for every field that is about pixels. */
const PIXELS: Readonly<Record<string, Partial<Conditions>>> = {
  night: { light: 'night' },
  sun: { sun: { azimuth: 1, elevation: 0.1 } },
  colours: { colourSeed: 77 },
  fog: { weather: { ...weather, fog: 0.05 } },
  rain: { weather: { ...weather, rain: 20 } },
  leaves: { weather: { ...weather, leaves: 0.7 } },
  glare: { weather: { ...weather, glare: 1 } },
  camera: {
    camera: {
      delay: 0.2,
      blank: true,
      offset: { x: 0.1, y: 0.1, z: 0.1, yaw: 0.1, pitch: 0.1 },
      fovFactor: 1.2,
      exposure: 1,
      noise: 0.1,
      blur: 0.01,
      dirt: 0.3,
      dropped: 0.3,
    },
  },
};

/** One change for everything that acts on the car. */
const STATE: Readonly<Record<string, Partial<Conditions>>> = {
  wetness: { weather: { ...weather, wetness: 1 } },
  snow: { weather: { ...weather, snow: 1 } },
  friction: { friction: 0.8 },
  patches: { frictionPatches: { perKilometre: 60, friction: 0.3 } },
  wind: { wind: { speed: 5, direction: 1, gust: 0 } },
  gusts: { wind: { speed: 0, direction: 0, gust: 2 } },
  computation: { delays: { computation: 0.05, actuator: 0 } },
  actuator: { delays: { computation: 0, actuator: 0.05 } },
};

describe('a driver that does not look', async () => {
  const { hash } = await driveAll(specWith());

  it.each(Object.keys(PIXELS))('goes through the very same states whatever is seen: %s', async (name) => {
    expect((await driveAll(specWith(PIXELS[name]))).hash).toBe(hash);
  });

  it.each(Object.keys(STATE))('goes through other states where the car feels it: %s', async (name) => {
    const changed = await driveAll(specWith(STATE[name]));
    expect(changed.hash).not.toBe(hash);
    expect(changed.episode.completed).toBe(1);
    expect((await driveAll(specWith(STATE[name]))).hash).toBe(changed.hash);
  });

  it.each(['patches', 'gusts'])('meets others with another seed: %s', async (name) => {
    const one = await driveAll(specWith(STATE[name]));
    expect((await driveAll(specWith(STATE[name], { seed: 2 }))).hash).not.toBe(one.hash);
  });
});

describe('what acts on the car', () => {
  /** Drives straight on for two seconds, hands off, and says how far left of the first heading the car has come. */
  async function drift(wind: Partial<Conditions['wind']>): Promise<number> {
    const track = openTrack('country:5');
    const { heading } = track.pointAt(0);
    const direction = heading + (wind.direction ?? 0);
    const spec = specWith({ wind: { speed: 0, gust: 0, ...wind, direction } }, { actuation: 'torque' });
    const command = { steeringAngle: 0, torque: 0, speed: 10 };
    const driver = createReplay([{ time: 0, command }]);
    const { ticks } = await driveAll(spec, { driver, timeLimit: 3, strayLimit: () => 50 });
    const [first, last] = [ticks[0]!.state, ticks.at(-1)!.state];
    return cos(heading) * (last.y - first.y) - sin(heading) * (last.x - first.x);
  }

  it('is pushed to the side to which the wind blows', async () => {
    const calm = await drift({});
    const left = await drift({ speed: 15, direction: Math.PI / 2 });
    const right = await drift({ speed: 15, direction: -Math.PI / 2 });
    expect(left - calm).toBeGreaterThan(0.02);
    expect(right - calm).toBeLessThan(-0.02);
    expect((calm - right) / (left - calm)).toBeGreaterThan(0.8);
    expect((calm - right) / (left - calm)).toBeLessThan(1.25);
  });

  it('brakes worse on snow', async () => {
    const go = { steeringAngle: 0, torque: 0, speed: 10 };
    const stop = { ...go, speed: 0 };
    const way = async (snow: number): Promise<number> => {
      const driver = createReplay([
        { time: 0, command: go },
        { time: 15, command: stop },
      ]);
      const spec = specWith({ weather: { ...weather, snow } }, { route: 500 });
      const { episode, ticks } = await driveAll(spec, { driver, timeLimit: 35, strayLimit: () => 500 });
      const from = ticks.find(({ time }) => time >= 15)!;
      expect(from.state.speed).toBeGreaterThan(8);
      expect(episode.car.state.speed).toBeLessThan(0.1);
      const { x, y } = episode.car.state;
      return Math.hypot(x - from.state.x, y - from.state.y) / from.state.speed ** 2;
    };
    // The controller uses at most 0.8 of the grip: half of one over the deceleration, or more.
    const least = 1 / (2 * 0.8 * (0.2 / 0.85) * 1.0489 * 9.81);
    expect(await way(1)).toBeGreaterThan(least);
    expect(await way(0)).toBeLessThan(0.8 * least);
  });

  it('has its own place in the conditions: no camera field is read by the motion', () => {
    expect(Object.keys(camera).sort()).toEqual(Object.keys(PIXELS.camera!.camera!).sort());
  });
});
