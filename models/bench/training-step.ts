import { createStream } from '../../sim/random/stream.ts';
import type { ModelSpec } from '../spec.ts';
import * as tf from '../tf.ts';
import { Optimiser } from '../training/optimiser.ts';
import { trainingOptions } from '../training/options.ts';
import { trainableOf, trainingStep } from '../training/step.ts';
import { createNetwork } from '../zoo/zoo.ts';
import { randomBatch } from './random-batch.ts';

/** Wall times of something done many times [ms]. */
export interface Timing {
  readonly best: number;
  readonly median: number;
  readonly repeats: number;
}

/**
 * Times whole training steps on the current backend: frames converted and uploaded, forward, backward, Adam's step, and
 * the loss read back, so that nothing is left under way.
 * @param milliseconds about how long to measure; at least three steps, after two that do not count
 */
export async function timeTrainingStep(
  spec: ModelSpec,
  batch: number,
  time: number,
  milliseconds = 3000,
): Promise<Timing> {
  const network = createNetwork(spec, 1);
  const options = trainingOptions();
  const optimiser = new Optimiser(options, trainableOf(network));
  const windows = randomBatch(spec.input, batch, time);
  const random = createStream(1, 'bench-step');
  const timing = await repeat(milliseconds, async () => {
    const result = trainingStep(network, optimiser, windows, options, 1e-4, random);
    await result.loss.data();
    tf.dispose([result.loss, result.gradientNorm]);
  });
  optimiser.dispose();
  network.dispose();
  return timing;
}

/** Repeats until the time is over and sums up; the first two runs compile and do not count. */
export async function repeat(milliseconds: number, run: () => Promise<void>): Promise<Timing> {
  const times: number[] = [];
  const end = performance.now() + milliseconds;
  for (let i = 0; i < 5 || performance.now() < end; i++) {
    const begin = performance.now();
    await run();
    if (i >= 2) times.push(performance.now() - begin);
  }
  times.sort((a, b) => a - b);
  return { best: times[0]!, median: times[times.length >> 1]!, repeats: times.length };
}
