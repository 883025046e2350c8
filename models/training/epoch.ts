import type { Augmenter } from '../../datasets/augmentation/augment.ts';
import type { WindowSource } from '../../datasets/windows/window-source.ts';
import { createStream } from '../../sim/random/stream.ts';
import type { Network } from '../network/network.ts';
import { drawAugmentation } from './augment.ts';
import type { Companions } from './companions.ts';
import type { Examiner } from './examination/examiner.ts';
import { explainNonFinite } from './non-finite.ts';
import type { Optimiser } from './optimiser.ts';
import type { TrainingOptions } from './options.ts';
import { epochOrder } from './order.ts';
import type { ProgressMeter } from './progress.ts';
import type { EpochRecord } from './records.ts';
import { RunningMeans } from './running-means.ts';
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
  readonly companions: Companions;
  readonly steps: number;
  readonly signal: AbortSignal | undefined;
  readonly meter: ProgressMeter;
  readonly examiner: Examiner | undefined;
  /** Changes a batch that was loaded; undefined for none. */
  readonly changer: Augmenter | undefined;
  readonly pause: () => Promise<void>;
  /** Called between two steps of an epoch, when it is time to note where it stands. */
  readonly onStep?: (epoch: number, step: number, sums: () => Promise<Float32Array>) => Promise<void>;
}

export type EpochMeans = Pick<EpochRecord, 'loss' | 'gradientNorm' | 'learningRate'>;

/** Where an epoch goes on. */
export interface EpochBegin {
  readonly step: number;
  /** Of the steps before, from `RunningMeans`. */
  readonly sums: Float32Array;
}

/**
 * @param epoch counted from 0
 * @param begin where a stopped epoch goes on
 * @returns undefined when it was aborted
 * @throws Refusal when a number stops being finite
 */
export async function trainEpoch(
  setting: EpochSetting,
  epoch: number,
  begin?: EpochBegin,
): Promise<EpochMeans | undefined> {
  const means = new RunningMeans();
  try {
    if (begin !== undefined) means.restore(begin.sums, begin.step);
    return await runSteps(setting, epoch, means, begin?.step ?? 0);
  } finally {
    means.dispose();
    await setting.examiner?.settled();
  }
}

async function runSteps(
  setting: EpochSetting,
  epoch: number,
  means: RunningMeans,
  first: number,
): Promise<EpochMeans | undefined> {
  const { network, training, options, optimiser, companions, steps, signal, meter, examiner, changer, pause } = setting;
  const order = epochOrder(training, setting.sampling, options, steps, epoch);
  const load = (step: number) => training.load(order[step]!.windows);
  let next = load(first);
  let learningRate = 0;
  let sure = first;
  let read = { loss: Number.NaN, gradientNorm: Number.NaN };
  for (let step = first; step < steps; step++) {
    const batch = await next;
    if (signal?.aborted === true) return undefined;
    // The next batch is decoded while this one is computed on.
    if (step + 1 < steps) next = load(step + 1);
    // A failure is reported where it is awaited, above; until then nobody listens to this promise.
    next.catch(() => {});
    const random = createStream(options.seed, `step/${epoch}/${step}`);
    const { begun } = order[step]!;
    // Windows that share a memory are of one world: all of them stand as far beside the line.
    changer?.apply(batch, (row) => createStream(options.seed, `shift/${epoch}/${begun?.[row] ?? step}/${row}`));
    const looks = Array.from({ length: batch.batch }, (_, row) =>
      // Windows that share a memory are of one world: mirrored all or none.
      drawAugmentation(begun ? createStream(options.seed, `look/${epoch}/${begun[row]}/${row}`) : random, options),
    );
    const progress = epoch + (step + 1) / steps;
    learningRate = options.learningRate * scheduleFactor(options.schedule, progress, options.epochs, options.warmUp);
    const around = companions.before(
      begun?.map((since) => since === step),
      epoch,
    );
    means.add(trainingStep(network, optimiser, batch, options, learningRate, random, looks, around));
    companions.after();
    const last = step + 1 === steps;
    if (last || (step + 1) % options.reportEvery === 0) {
      const { finite, ...now } = await means.read();
      if (!finite) {
        const since = order.slice(sure, step + 1).map(({ windows }) => windows);
        throw await explainNonFinite(network, training, since, `epoch ${epoch + 1}, step ${step + 1}`);
      }
      sure = step + 1;
      read = now;
    }
    await examiner?.stepped(batch, epoch + 1, step + 1, last, learningRate);
    meter.stepped(epoch, step + 1, batch.batch * batch.time, read.loss, learningRate);
    if (!last) await setting.onStep?.(epoch, step + 1, () => means.sums());
    await pause();
  }
  return { ...read, learningRate };
}
