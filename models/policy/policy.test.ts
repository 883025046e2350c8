import { expect, test } from 'vitest';
import { frameTensor } from '../input/frame-tensor.ts';
import { syntheticWindows } from '../inspection/synthetic-windows.ts';
import { openForTests } from '../testing/open-for-tests.ts';
import * as tf from '../tf.ts';
import { createNetwork, createSpec } from '../zoo/zoo.ts';
import { createPolicy } from './policy.ts';

test('frame by frame, a policy says what the network says of the whole window', async () => {
  await openForTests('wasm');
  const spec = createSpec('cnn-lstm', { options: { speedInput: true } });
  const network = createNetwork(spec, 2);
  const { width, height, time } = spec.input;
  const { frames } = await syntheticWindows({ windows: 1, time, height, width, seed: 4 }).load([0]);
  const speeds = Array.from({ length: time }, (_, t) => 5 + t);
  const whole = tf.tidy(() => {
    const speed = tf.tensor2d(speeds, [1, time]);
    const { outputs } = network.apply(frameTensor(frames, 1, time, spec.input), { training: false, speed });
    return outputs.dataSync().slice();
  });
  const policy = createPolicy(network);
  const size = width * height * 3;
  const drive = async (): Promise<number[][]> => {
    policy.reset();
    const said: number[][] = [];
    for (let t = 0; t < time; t++) {
      const frame = { width, height, time: t / 20, pixels: frames.subarray(t * size, (t + 1) * size) };
      const { steeringAngle, speed, torque } = await policy.step(frame, speeds[t]!);
      said.push([steeringAngle, speed, torque]);
    }
    return said;
  };
  const said = await drive();
  const tensors = tf.memory().numTensors;
  // A second drive, after a reset, is the first one again, and nothing piles up.
  expect(await drive()).toEqual(said);
  expect(tf.memory().numTensors).toBe(tensors);
  for (let t = 0; t < time; t++) {
    for (const [head, { scale, offset }] of spec.outputs.entries()) {
      const expected = whole[t * 3 + head]! * scale + offset;
      expect(Math.abs(said[t]![head]! - (head === 1 ? Math.max(0, expected) : expected))).toBeLessThan(1e-5);
    }
  }
  // The memory matters: the same frame seen later in the window is answered differently.
  expect(said[0]).not.toEqual(said[time - 1]);
  policy.dispose();
  network.dispose();
});

test('frames of another size are brought to the size the network looks at', async () => {
  await openForTests('wasm');
  const network = createNetwork(createSpec('cnn-lstm'), 2);
  const policy = createPolicy(network);
  const grey = (width: number, height: number) => ({
    width,
    height,
    time: 0,
    pixels: new Uint8Array(width * height * 3).fill(90),
  });
  const exact = await policy.step(grey(160, 64), 5);
  policy.reset();
  const resized = await policy.step(grey(320, 180), 5);
  expect(resized.steeringAngle).toBeCloseTo(exact.steeringAngle, 6);
  policy.dispose();
  network.dispose();
});
