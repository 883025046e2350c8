import { expect, test } from 'vitest';
import { openForTests } from '../testing/open-for-tests.ts';
import { createSpec } from '../zoo/zoo.ts';
import { timeConvolutionKernels } from './convolution-kernels.ts';
import { timeDrivingStep } from './driving-step.ts';
import { referenceSpec } from './networks.ts';
import { timeTrainingStep } from './training-step.ts';

test('the benchmarks run and measure something', async () => {
  await openForTests('wasm');
  const training = await timeTrainingStep(referenceSpec(), 4, 5, 1);
  expect(training.repeats).toBe(3);
  expect(training.median).toBeGreaterThanOrEqual(training.best);
  expect((await timeDrivingStep(createSpec('cnn-lstm'), 1)).best).toBeGreaterThan(0);
  const kernels = await timeConvolutionKernels(1);
  expect(kernels).toHaveLength(15);
  for (const { kernel, stock, ours } of kernels) {
    expect(ours).toBeGreaterThan(0);
    expect(stock === undefined).toBe(kernel === 'Conv2DBackpropFilter');
  }
});
