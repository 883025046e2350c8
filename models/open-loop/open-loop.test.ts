import { expect, test } from 'vitest';
import { syntheticWindows } from '../inspection/synthetic-windows.ts';
import { openForTests } from '../testing/open-for-tests.ts';
import * as tf from '../tf.ts';
import { createNetwork, createSpec } from '../zoo/zoo.ts';
import { openLoopReport } from './open-loop.ts';
import { predictOpenLoop } from './predict.ts';

const shape = { height: 64, width: 160 };

test('scores the heads that have labels, against the truth of the source', async () => {
  await openForTests('wasm');
  const network = createNetwork(createSpec('cnn-lstm'), 1);
  const source = syntheticWindows({ windows: 20, time: 3, ...shape, seed: 3 });
  const before = tf.memory().numTensors;
  const evaluation = await openLoopReport(network, source);
  expect(tf.memory().numTensors).toBe(before);
  expect(Object.keys(evaluation)).toEqual(['steeringAngle', 'speed']);
  const { targets } = await source.load(Array.from({ length: 20 }, (_, i) => i));
  const angles = Array.from({ length: 60 }, (_, i) => targets[i * 3]!);
  const zero = Math.sqrt(angles.reduce((sum, angle) => sum + angle * angle, 0) / angles.length);
  expect(evaluation.steeringAngle!.baselines.zero.rmse).toBeCloseTo(zero, 6);
  expect(evaluation.steeringAngle!.rmse).toBeGreaterThan(0);
  network.dispose();
});

test('is the same whether the source comes in long windows or frame by frame', async () => {
  await openForTests('wasm');
  const network = createNetwork(createSpec('cnn-lstm'), 1);
  const window = await syntheticWindows({ windows: 1, time: 20, ...shape, seed: 3 }).load([0]);
  const size = shape.height * shape.width * 3;
  const frameByFrame = {
    length: 20,
    load: async (indices: readonly number[]) => ({
      frames: window.frames.slice(indices[0]! * size, (indices.at(-1)! + 1) * size),
      targets: window.targets.slice(indices[0]! * 3, (indices.at(-1)! + 1) * 3),
      mask: window.mask.slice(indices[0]! * 3, (indices.at(-1)! + 1) * 3),
      speed: new Float32Array(indices.length),
      batch: indices.length,
      time: 1,
    }),
  };
  const streamed = await predictOpenLoop(network, frameByFrame);
  const atOnce = await predictOpenLoop(network, { length: 1, load: async () => window });
  expect(streamed.steeringAngle.predicted).toHaveLength(20);
  for (let t = 0; t < 20; t++) {
    expect(streamed.steeringAngle.predicted[t]).toBeCloseTo(atOnce.steeringAngle.predicted[t]!, 5);
  }
  network.dispose();
});
