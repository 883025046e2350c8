import type { WindowSource } from '../../datasets/windows/window-source.ts';
import { createStream } from '../../sim/random/stream.ts';
import type { Network } from '../zoo/network.ts';
import { drawAugmentation } from './augment.ts';
import { explainNonFinite } from './non-finite.ts';
import type { Optimiser } from './optimiser.ts';
import type { TrainingOptions } from './options.ts';
import type { ProgressMeter } from './progress.ts';
import type { EpochRecord } from './records.ts';
import { RunningMeans } from './running-means.ts';
import { drawn } from './sampler.ts';
import { scheduleFactor } from './schedule.ts';
import { trainingStep } from './step.ts';

/** What the epochs of a training have in common. */
export interface EpochSetting {
  readonly network: Network;
  readonly training: WindowSource;
  readonly options: TrainingOptions;
  /** Probability of each window. */
  readonly sampling: Float64Array;
  readonly optimiser: Optimiser;
  readonly steps: number;
  readonly signal: AbortSignal | undefined;
  readonly meter: ProgressMeter;
  readonly pause: () => Promise<void>;
}

export type EpochMeans = Pick<EpochRecord, 'loss' | 'gradientNorm' | 'learningRate'>;

/**
 * @param epoch counted from 0
 * @returns undefined when it was aborted
 * @throws Refusal when a number stops being finite
 */
export async function trainEpoch(setting: EpochSetting, epoch: number): Promise<EpochMeans | undefined> {
  const means = new RunningMeans();
  try {
    return await runSteps(setting, epoch, means);
  } finally {
    means.dispose();
  }
}

async function runSteps(setting: EpochSetting, epoch: number, means: RunningMeans): Promise<EpochMeans | undefined> {
  const { network, training, options, optimiser, steps, signal, meter, pause } = setting;
  const order = drawn(setting.sampling, createStream(options.seed, `order/${epoch}`));
  const pick = (step: number): number[] => order.slice(step * options.batch, (step + 1) * options.batch);
  let next = training.load(pick(0));
  let learningRate = 0;
  let sure = 0;
  let read = { loss: Number.NaN, gradientNorm: Number.NaN };
  for (let step = 0; step < steps; step++) {
    const batch = await next;
    if (signal?.aborted === true) return undefined;
    // The next batch is decoded while this one is computed on.
    if (step + 1 < steps) next = training.load(pick(step + 1));
    // A failure is reported where it is awaited, above; until then nobody listens to this promise.
    next.catch(() => {});
    const random = createStream(options.seed, `step/${epoch}/${step}`);
    const looks = Array.from({ length: batch.batch }, () => drawAugmentation(random, options));
    const progress = epoch + (step + 1) / steps;
    learningRate = options.learningRate * scheduleFactor(options.schedule, progress, options.epochs, options.warmUp);
    means.add(trainingStep(network, optimiser, batch, options, learningRate, random, looks));
    if (step + 1 === steps || (step + 1) % options.reportEvery === 0) {
      const { finite, ...now } = await means.read();
      if (!finite) {
        const since = Array.from({ length: step + 1 - sure }, (_, i) => pick(sure + i));
        throw await explainNonFinite(network, training, since, `epoch ${epoch + 1}, step ${step + 1}`);
      }
      sure = step + 1;
      read = now;
    }
    meter.stepped(epoch, step + 1, batch.batch * batch.time, read.loss);
    await pause();
  }
  return { ...read, learningRate };
}
