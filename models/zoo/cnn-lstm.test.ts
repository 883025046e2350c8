import { describe, expect, test } from 'vitest';
import type { BackendName } from '../backend/open-backend.ts';
import { referenceSpec } from '../bench/networks.ts';
import { frameTensor } from '../input/frame-tensor.ts';
import { checkGradients } from '../inspection/gradient-check.ts';
import { syntheticWindows } from '../inspection/synthetic-windows.ts';
import { openForTests } from '../testing/open-for-tests.ts';
import * as tf from '../tf.ts';
import { loss, lossTargets } from '../training/loss.ts';
import { trainingOptions } from '../training/options.ts';
import { trainableOf } from '../training/step.ts';
import { createNetwork, createSpec, listModels, planNetwork } from './zoo.ts';

test("the design's reference network is expressible and has 289,083 parameters", () => {
  expect(planNetwork(referenceSpec()).parameters).toBe(289_083);
});

test('an option that does not exist, or shapes that do not fit, are refused by name', () => {
  expect(() => createSpec('cnn-lstm', { options: { unit: 3 } })).toThrow(/cnn-lstm options.*unit/);
  expect(() => createSpec('cnn-lstm', { input: { width: 20, height: 20 } })).toThrow(/convolution-3: a 3×3 filter/);
  expect(() => createSpec('cnn-lstn')).toThrow(/no "cnn-lstn" in the zoo/);
});

test('the list of models knows parameters and multiply-adds without a backend', () => {
  const entry = listModels().find((model) => model.name === 'cnn-lstm')!;
  expect(entry.parameters).toBeGreaterThan(10_000);
  expect(entry.multiplyAdds).toBeLessThan(10e6);
  expect(entry.canDrive).toBe(true);
});

describe.each(['cpu', 'wasm'] as BackendName[])('on %s', (backend) => {
  test('the gradient of every variable agrees with finite differences', async () => {
    await openForTests(backend);
    const spec = createSpec('cnn-lstm', {
      input: { width: 24, height: 16, time: 3 },
      options: {
        convolutions: [
          { filters: 4, kernel: 5, stride: 2 },
          { filters: 5, kernel: 3, stride: 1, padding: 'same' },
        ],
        dense: [8],
        units: 6,
        activation: 'tanh',
        speedInput: true,
      },
    });
    const network = createNetwork(spec, 3);
    const batch = await syntheticWindows({ windows: 2, time: 3, height: 16, width: 24, seed: 5 }).load([0, 1]);
    const options = trainingOptions();
    const frames = frameTensor(batch.frames, 2, 3, spec.input);
    const speed = tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]);
    const targets = lossTargets(batch, spec.outputs, options);
    const checks = await checkGradients(
      () => loss(network.apply(frames, { training: true, speed }).outputs, targets, options),
      trainableOf(network),
    );
    expect(checks).toHaveLength(11);
    for (const { variable, relativeError } of checks) expect(relativeError, variable).toBeLessThan(1e-3);
    tf.dispose([frames, speed]);
    network.dispose();
  });
});
