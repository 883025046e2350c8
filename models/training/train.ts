import { type GroundView, groundView } from '../../datasets/augmentation/ground-view.ts';
import type { WindowSource } from '../../datasets/windows/window-source.ts';
import { turnTaker } from '../../sim/pace/turn-taker.ts';
import { Refusal } from '../../sim/refusal.ts';
import type { Network } from '../network/network.ts';
import { readWeights, type Weights, writeWeights } from '../network/weights.ts';
import * as tf from '../tf.ts';
import { createFrameChanger } from './augment.ts';
import { Companions } from './companions.ts';
import { type EpochSetting, trainEpoch } from './epoch.ts';
import type { Examination } from './examination/examination.ts';
import { Examiner } from './examination/examiner.ts';
import { steeringOf } from './labels.ts';
import { Optimiser } from './optimiser.ts';
import { type TrainingOptions, trainingOptions } from './options.ts';
import { type Progress, ProgressMeter } from './progress.ts';
import { bestOf, type EpochRecord, endOf, type TrainingState } from './records.ts';
import { samplingWeights } from './sampler.ts';
import { Validator } from './validate.ts';

export interface TrainingRequest {
  readonly network: Network;
  readonly training: WindowSource;
  readonly validation: WindowSource;
  /** Checked and completed with `trainingOptions`. */
  readonly options?: Partial<TrainingOptions>;
  /** How the frames look at the ground, for windows that are shifted sideways. Default: a level camera. */
  readonly ground?: GroundView;
  /** Stops after the step in hand; the best epoch so far is kept. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Called with each new best epoch, as `bestOf` judges, and the weights that reached it. */
  readonly onBest?: (weights: Weights, record: EpochRecord) => void | Promise<void>;
  /** Called at the end of each epoch with everything needed to resume. */
  readonly onEpoch?: (state: TrainingState) => void | Promise<void>;
  /** Called about every `checkpointEvery` steps within an epoch, too. Without it, only `onEpoch` is. */
  readonly onCheckpoint?: (state: TrainingState) => void | Promise<void>;
  /** Steps between two checkpoints within an epoch; they change nothing about the result. Default 200. */
  readonly checkpointEvery?: number;
  /** Called with what an examination of all layers found; costs one pass forward and backward each time. */
  readonly onExamination?: (examination: Examination) => void | Promise<void>;
  /** A state from `onEpoch` or `onCheckpoint` to go on from. */
  readonly resume?: TrainingState;
}

export interface TrainingResult {
  readonly history: readonly EpochRecord[];
  /** The epoch whose weights the network holds now; undefined when no epoch was finished. */
  readonly best: EpochRecord | undefined;
  /** `early`: no better validation of the steering for `patience` epochs. */
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
  checkLoss(network, options);
  const companions = new Companions(network, options);
  const optimiser = new Optimiser(options, companions.variables());
  try {
    return await run(request, options, sampling, optimiser, companions);
  } finally {
    optimiser.dispose();
    companions.dispose();
  }
}

async function run(
  request: TrainingRequest,
  options: TrainingOptions,
  sampling: Float64Array,
  optimiser: Optimiser,
  companions: Companions,
): Promise<TrainingResult> {
  const { network, training, validation, signal, onProgress, onBest, onEpoch, onCheckpoint, resume } = request;
  const { checkpointEvery = 200, onExamination } = request;
  const history: EpochRecord[] = [...(resume?.history ?? [])];
  let best = bestOf(history);
  let bestWeights = best === undefined ? undefined : resume?.bestWeights;
  if (resume !== undefined) {
    writeWeights(network, resume.weights);
    optimiser.restore(resume.optimiser);
    companions.restore(resume.more ?? new Map());
  }
  const pause = turnTaker();
  const steps = stepsOfEpoch(training.length, options);
  const first = resume?.epoch ?? 0;
  const lastLoss = history.at(-1)?.validationLoss ?? Number.NaN;
  const meter = new ProgressMeter(onProgress, options.epochs, steps, first, lastLoss, resume?.step);
  const validator = new Validator(network, validation, options, pause);
  const stateAt = async (epoch: number, weights: Weights): Promise<TrainingState> => ({
    epoch,
    weights,
    bestWeights: bestWeights ?? weights,
    optimiser: await optimiser.state(),
    history: [...history],
    more: await companions.state(),
  });
  const examiner = onExamination && new Examiner(network, options, onExamination);
  const onStep: EpochSetting['onStep'] = async (epoch, step, sums) => {
    if (onCheckpoint === undefined || step % checkpointEvery !== 0) return;
    await examiner?.settled();
    const state = await stateAt(epoch, await readWeights(network));
    await onCheckpoint({ ...state, step, more: new Map(state.more).set(SUMS, await sums()) });
  };
  const { input } = network.spec;
  const changer = createFrameChanger(input, request.ground ?? groundView([], input, input.crop), options);
  const common = { network, training, options, sampling, optimiser, companions, changer };
  const setting: EpochSetting = { ...common, steps, signal, meter, examiner, pause, onStep };
  let stopped: TrainingResult['stopped'] | undefined;
  for (let epoch = first; ; epoch++) {
    stopped = endOf({ epoch, history }, options);
    if (stopped !== undefined) break;
    const sums = epoch === first ? resume?.more?.get(SUMS) : undefined;
    const begin = sums && resume?.step !== undefined ? { step: resume.step, sums } : undefined;
    const tensorsBefore = tf.memory().numTensors;
    const means = await trainEpoch(setting, epoch, begin);
    if (means === undefined) {
      stopped = 'aborted';
      break;
    }
    companions.epochEnded();
    const own = await readWeights(network);
    const averaged = await companions.averaged();
    if (averaged !== undefined) writeWeights(network, averaged);
    const validated = await validator.validate();
    const tensors = tf.memory().numTensors;
    // Leaked tensors end a long training hours later, far from their cause. A resumed epoch begins with a memory.
    if (tensors !== tensorsBefore && begin === undefined) {
      throw new Error(`${tensors - tensorsBefore} tensors leaked in epoch ${epoch + 1}`);
    }
    const record: EpochRecord = { epoch: epoch + 1, ...means, ...validated, tensors };
    history.push(record);
    meter.epochEnded(record);
    if (bestOf(history) === record) {
      best = record;
      bestWeights = averaged ?? own;
      await onBest?.(bestWeights, record);
    }
    if (averaged !== undefined) writeWeights(network, own);
    await onEpoch?.(await stateAt(epoch + 1, own));
  }
  if (bestWeights !== undefined) writeWeights(network, bestWeights);
  return { history, best, stopped };
}

/** Steps in an epoch. @param windows that are trained on */
export function stepsOfEpoch(
  windows: number,
  { batch, stepsPerEpoch }: Pick<TrainingOptions, 'batch' | 'stepsPerEpoch'>,
): number {
  const whole = Math.ceil(windows / batch);
  return Math.min(stepsPerEpoch ?? whole, whole);
}

/** Name of a begun epoch's sums in a state. */
const SUMS = 'sums';

/** @throws Refusal when the loss needs what the network does not predict */
function checkLoss(network: Network, { loss }: TrainingOptions): void {
  if (loss !== 'gaussian' || network.spec.options.uncertainty === true) return;
  const what = 'a gaussian loss needs a network that predicts its uncertainty';
  const mend = 'set the network option uncertainty to true, or choose another loss';
  throw new Refusal('no-uncertainty', `${network.spec.architecture}, training option loss`, what, mend);
}
