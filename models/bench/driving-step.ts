import { createPolicy } from '../policy/policy.ts';
import type { ModelSpec } from '../spec.ts';
import { createNetwork } from '../zoo/zoo.ts';
import { randomBatch } from './random-batch.ts';
import { repeat, type Timing } from './training-step.ts';

/** Times driving steps on the current backend: a frame in bytes to a command in numbers [ms]. */
export async function timeDrivingStep(spec: ModelSpec, milliseconds = 1000): Promise<Timing> {
  const network = createNetwork(spec, 1);
  const policy = createPolicy(network);
  const { width, height } = spec.input;
  const frame = { width, height, time: 0, pixels: randomBatch(spec.input, 1, 1).frames };
  const timing = await repeat(milliseconds, async () => {
    await policy.step(frame, 10);
  });
  policy.dispose();
  network.dispose();
  return timing;
}
