import { expect, it } from 'vitest';
import type { Driver } from '../../../sim/drivers/driver.ts';
import { createVehicleState } from '../../../sim/vehicle/state.ts';
import { PastEye } from './past-eye.ts';

const camera = {
  capture: async (_: unknown, time: number) => ({ width: 1, height: 1, time, pixels: new Uint8Array(3) }),
};

it('asks the driver what it would do at each moment, and tells it of jumps', async () => {
  const told: string[] = [];
  const driver: Driver = {
    name: 'test',
    needsFrames: true,
    start: async () => undefined,
    relocated: () => told.push('jump'),
    drive: async ({ frames, time, speed }) => {
      told.push(`drive ${time}`);
      return { steeringAngle: frames.centre!.time, speed, torque: 0 };
    },
  };
  const seen: (number | undefined)[] = [];
  const eye = new PastEye(
    camera,
    () => driver,
    (_, predicted) => seen.push(predicted?.steeringAngle),
  );
  const state = { ...createVehicleState(), speed: 9 };
  // The third comes too early, the fourth is earlier, the last much later.
  for (const time of [1, 1.05, 1.07, 0.5, 9]) await eye.look(state, time, []);
  expect(seen).toEqual([1, 1.05, 0.5, 9]);
  expect(told).toEqual(['jump', 'drive 1', 'drive 1.05', 'jump', 'drive 0.5', 'jump', 'drive 9']);
});

it('looks at one moment at a time', async () => {
  const seen: number[] = [];
  const eye = new PastEye(
    camera,
    () => null,
    (frame, predicted) => {
      expect(predicted).toBeNull();
      seen.push(frame.time);
    },
  );
  await Promise.all([1, 2, 3].map((time) => eye.look(createVehicleState(), time, [])));
  expect(seen).toEqual([1]);
});
