import { expect, test } from 'vitest';
import type { Observation } from '../../sim/drivers/driver.ts';
import type { Frame } from '../../sim/frame.ts';
import { syntheticWindows } from '../inspection/synthetic-windows.ts';
import { openForTests } from '../testing/open-for-tests.ts';
import { createNetwork, createSpec } from '../zoo/zoo.ts';
import { createModelDriver } from './model-driver.ts';
import { createPolicy } from './policy.ts';

test('a model drives: it remembers within an episode, and forgets at its start and when it is put back', async () => {
  await openForTests('wasm');
  const network = createNetwork(createSpec('cnn-lstm'), 5);
  const driver = createModelDriver('untrained', createPolicy(network));
  expect(driver).toMatchObject({ name: 'untrained', needsFrames: true });
  const { frames } = await syntheticWindows({ windows: 1, time: 2, height: 64, width: 160, seed: 8 }).load([0]);
  const size = 64 * 160 * 3;
  const frame = (t: number): Frame => ({
    width: 160,
    height: 64,
    time: t / 20,
    pixels: frames.subarray(t * size, (t + 1) * size),
  });
  const see = (centre?: Frame): Observation => ({ frames: centre === undefined ? {} : { centre }, speed: 7, time: 0 });

  driver.start(undefined as never);
  expect(await driver.drive(see())).toEqual({ steeringAngle: 0, speed: 7, torque: 0 });
  const first = await driver.drive(see(frame(0)));
  const second = await driver.drive(see(frame(1)));
  // A dropped frame: the last command stands.
  expect(await driver.drive(see())).toEqual(second);
  driver.relocated!();
  expect(await driver.drive(see(frame(0)))).toEqual(first);
  expect(await driver.drive(see(frame(1)))).toEqual(second);
  driver.start(undefined as never);
  expect(await driver.drive(see(frame(1)))).not.toEqual(second);
  driver.dispose!();
  network.dispose();
});
