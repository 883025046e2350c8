import { expect, it } from 'vitest';
import { syntheticWindows } from '../../../models/inspection/synthetic-windows.ts';
import { openForTests } from '../../../models/testing/open-for-tests.ts';
import * as tf from '../../../models/tf.ts';
import { createNetwork, createSpec } from '../../../models/zoo/zoo.ts';
import { lookInside } from './look-inside.ts';

it('sees what the first filters make of the last frame of a window, and leaves nothing behind', async () => {
  await openForTests('wasm');
  const network = createNetwork(createSpec('cnn-lstm'), 1);
  const [height, width] = [64, 160];
  const source = syntheticWindows({ windows: 1, time: 3, height, width, seed: 5 });
  const before = tf.memory().numTensors;
  const { frame, filters, activations } = await lookInside(network, source);
  expect(tf.memory().numTensors).toBe(before);

  const { frames } = await source.load([0]);
  expect(frame.pixels).toEqual(frames.slice(2 * height * width * 3));
  const variable = network.variables.get(`${filters!.layer}/filter`)!;
  expect(variable.shape).toEqual([filters!.height, filters!.width, filters!.inputs, filters!.outputs]);

  // The first map's first place by hand: the filter over the picture's corner, and ReLU.
  const { mean, std } = network.spec.input.normalisation;
  const [bias] = await network.variables.get(`${filters!.layer}/bias`)!.data();
  let sum = bias!;
  for (let y = 0; y < filters!.height; y++) {
    for (let x = 0; x < filters!.width; x++) {
      for (let colour = 0; colour < 3; colour++) {
        const value = (frame.pixels[(y * width + x) * 3 + colour]! - mean[colour]!) / std[colour]!;
        sum += value * filters!.values[((y * filters!.width + x) * 3 + colour) * filters!.outputs]!;
      }
    }
  }
  const first = activations[0]!;
  expect(first.layer).toBe(filters!.layer);
  expect(first.channels).toBe(filters!.outputs);
  expect(first.values[0]).toBeCloseTo(Math.max(0, sum), 4);
  expect(activations.at(-1)!.height).toBe(1);
  network.dispose();
});
