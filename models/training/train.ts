import * as tf from '@tensorflow/tfjs-core';
import type { WindowSource } from '../../datasets/windows/window-source.ts';
import { Refusal } from '../../sim/refusal.ts';
import type { Network } from '../zoo/network.ts';
import { trainEpoch } from './epoch.ts';
import { steeringOf } from './labels.ts';
import { Optimiser, type OptimiserOptions } from './optimiser.ts';
import { type TrainingOptions, trainingOptions } from './options.ts';
import { turnTaker } from './pause.ts';
import { type Progress, ProgressMeter } from './progress.ts';
import { bestOf, type EpochRecord, type TrainingState } from './records.ts';
import { samplingWeights } from './sampler.ts';
import { trainableOf } from './step.ts';
import { validationLoss } from './validate.ts';
import { readWeights, type Weights, writeWeights } from './weights.ts';

export interface TrainingRequest {
  readonly network: Network;
  readonly training: WindowSource;
  readonly validation: WindowSource;
  /** Checked and completed with `trainingOptions`. */
  readonly options?: Partial<TrainingOptions>;
  /** Stops after the step in hand; the best epoch so far is kept. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Called with each new best validation loss and the weights that reached it. */
  readonly onBest?: (weights: Weights, record: EpochRecord) => void | Promise<void>;
  /** Called at the end of each epoch with everything needed to resume. */
  readonly onEpoch?: (state: TrainingState) => void | Promise<void>;
  /** A state from `onEpoch` to go on from. */
  readonly resume?: TrainingState;
}

export interface TrainingResult {
  readonly history: readonly EpochRecord[];
  /** The epoch whose weights the network holds now; undefined when no epoch was finished. */
  readonly best: EpochRecord | undefined;
  /** `early`: no better validation loss for `patience` epochs. */
  readonly stopped: 'finished' | 'early' | 'aborted';
}

/**
 * Trains a network in place and leaves it with its best weights.
 *
 * All chance comes from streams named after seed, epoch and step: the same request gives the same weights on `wasm` and
 * `cpu`, and a resumed training the same as one that ran through.
 * @throws Refusal when options are wrong, there is nothing to train on, or a number stops being finite
 */
export async function train(request: TrainingRequest): Promise<TrainingResult> {
  const { network, training } = request;
  const options = trainingOptions(request.options);
  if (training.length === 0) {
    const mend = 'give a longer recording or a smaller T';
    throw new Refusal('no-windows', 'training data', 'there is not one whole window', mend);
  }
  const sampling = samplingWeights(await steeringOf(training), options.balance);
  const optimiser = new Optimiser(optimiserOptions(options), trainableOf(network));
  try {
    return await run(request, options, sampling, optimiser);
  } finally {
    optimiser.dispose();
  }
}

async function run(
  { network, training, validation, signal, onProgress, onBest, onEpoch, resume }: TrainingRequest,
  options: TrainingOptions,
  sampling: Float64Array,
  optimiser: Optimiser,
): Promise<TrainingResult> {
  const history: EpochRecord[] = [...(resume?.history ?? [])];
  let best = bestOf(history);
  let bestWeights = resume?.bestWeights;
  if (resume !== undefined) {
    writeWeights(network, resume.weights);
    optimiser.restore(resume.optimiser);
  }
  const pause = turnTaker();
  const whole = Math.ceil(training.length / options.batch);
  const steps = Math.min(options.stepsPerEpoch ?? whole, whole);
  const first = resume?.epoch ?? 0;
  const meter = new ProgressMeter(
    onProgress,
    options.epochs,
    steps,
    first,
    history.at(-1)?.validationLoss ?? Number.NaN,
  );
  const setting = { network, training, options, sampling, optimiser, steps, signal, meter, pause };
  let stopped: TrainingResult['stopped'] = 'finished';
  for (let epoch = first; epoch < options.epochs; epoch++) {
    if (options.patience > 0 && best !== undefined && epoch - best.epoch >= options.patience) {
      stopped = 'early';
      break;
    }
    const tensorsBefore = tf.memory().numTensors;
    const means = await trainEpoch(setting, epoch);
    if (means === undefined) {
      stopped = 'aborted';
      break;
    }
    const validated = await validationLoss(network, validation, options, pause);
    const tensors = tf.memory().numTensors;
    // Leaked tensors end a long training hours later, far from their cause.
    if (tensors !== tensorsBefore) throw new Error(`${tensors - tensorsBefore} tensors leaked in epoch ${epoch + 1}`);
    const record: EpochRecord = { epoch: epoch + 1, ...means, validationLoss: validated, tensors };
    history.push(record);
    meter.epochEnded(record);
    const weights = await readWeights(network);
    if (bestOf(history) === record) {
      best = record;
      bestWeights = weights;
      await onBest?.(weights, record);
    }
    const kept = { bestWeights: bestWeights ?? weights, history: [...history] };
    await onEpoch?.({ epoch: epoch + 1, weights, optimiser: await optimiser.state(), ...kept });
  }
  if (bestWeights !== undefined) writeWeights(network, bestWeights);
  return { history, best, stopped };
}

function optimiserOptions(options: TrainingOptions): OptimiserOptions {
  const { optimiser, beta1, beta2, epsilon, l1, l2, decay, clip } = options;
  return { rule: optimiser, beta1, beta2, epsilon, l1, l2, decay, clip };
}
