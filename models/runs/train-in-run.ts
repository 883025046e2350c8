import type { Recording } from '../../datasets/recording/recording.ts';
import { Refusal } from '../../sim/refusal.ts';
import type { TrainingSummary } from '../files/model-format.ts';
import { diagnose, type Finding } from '../inspection/diagnosis.ts';
import type { Network } from '../network/network.ts';
import type { Weights } from '../network/weights.ts';
import { OUTPUT_NAMES } from '../spec.ts';
import type { Examination } from '../training/examination/examination.ts';
import { dataSettingsOf } from '../training/options.ts';
import type { Progress } from '../training/progress.ts';
import { type EpochRecord, endOf, type TrainingState } from '../training/records.ts';
import { type ReadyToTrain, type TrainedModel, type TrainModelOptions, trainModel } from '../training/train-model.ts';
import type { Transferred } from '../training/transfer.ts';
import { planNetwork } from '../zoo/zoo.ts';
import { refuseOtherData, type Standing } from './describe-data.ts';
import { overallStep, type RunPlan } from './metric-lines.ts';
import { nameOf, type Reference } from './run-config.ts';
import type { Environment, RunData } from './run-description.ts';
import type { RunFolder } from './run-folder.ts';
import type { RunSummary } from './summary.ts';

/** What somebody who waits for a training wants to hear. Steps are counted since the training began. */
export interface RunListener {
  onReady?(ready: ReadyToTrain, plan: RunPlan): void;
  onProgress?(progress: Progress, step: number): void;
  /** An epoch is over and kept; the network has its last weights. */
  onEpoch?(record: EpochRecord, step: number): void | Promise<void>;
  onTransfer?(transferred: Transferred): void;
  /** Something to know of the recordings, one line. */
  onNote?(note: string): void;
  onExamination?(examination: Examination, step: number): void;
  /** What the examination of an epoch found wrong; each finding once. */
  onFinding?(finding: Finding): void;
}

/** A network with the best weights of its training so far. */
export interface BestSoFar {
  readonly network: Network;
  /** Undefined when no epoch was finished. */
  readonly best: EpochRecord | undefined;
  /** For `model.json`. */
  readonly training: TrainingSummary;
}

/** Where the model of a run goes. */
export interface ModelKeeper {
  /** There is a better one than before. */
  better?(model: BestSoFar): Promise<void>;
  /** It is over. @returns what the model is called; null when none was kept */
  end(model: BestSoFar): Promise<Reference | null>;
}

/** How a training waits for a storage that is out of reach for a while. */
export interface Patience {
  /** For what can be made up for: a checkpoint that was not taken is replaced by the next one. */
  orLater(writing: () => Promise<void>): Promise<void>;
  /** For what nothing comes after. */
  untilDone(writing: () => Promise<void>): Promise<void>;
}

export interface TrainInRunOptions
  extends Pick<TrainModelOptions, 'signal' | 'checkpointEvery' | 'openWindows' | 'frameMemory' | 'through'> {
  readonly run: RunFolder;
  /** Those that the run names. */
  readonly recordings: readonly Recording[];
  /** Of the recordings, by `describeData`. */
  readonly data: RunData;
  readonly environment: Environment;
  readonly model: ModelKeeper;
  /** Reads a model to begin with. */
  readWeights(model: Reference): Promise<{ readonly weights: Weights; readonly sha256: string }>;
  /** Default: every writing must succeed. */
  readonly patience?: Patience;
  readonly listener?: RunListener;
}

const AT_ONCE: Patience = { orLater: (writing) => writing(), untilDone: (writing) => writing() };

/** What came of a run. */
export interface TrainedRun extends TrainedModel {
  readonly summary: RunSummary;
}

/**
 * Trains, keeps everything about it in the run's folder, and hands the best epoch to the model's keeper. The backend must
 * be open. A run that has a checkpoint goes on from it.
 * @throws Refusal `other-data`, `other-model`, `run-held`, or as `trainModel` does; the run says then why it failed
 */
export async function trainInRun(options: TrainInRunOptions): Promise<TrainedRun> {
  const { run, signal } = options;
  const begun = performance.now();
  await describeBeginning(options);
  const either = AbortSignal.any([run.lost, ...(signal ? [signal] : [])]);
  try {
    const trained = await trainModel(options.recordings, { ...(await settingsOf(options)), signal: either });
    run.lost.throwIfAborted();
    const { result, windows, test, untested, network } = trained;
    const model = await options.model.end(bestSoFar(run, network, result.best));
    const summary: RunSummary = {
      stopped: result.stopped,
      ...(untested !== undefined && { error: untested }),
      model,
      best: result.best ?? null,
      history: [...result.history],
      parameters: network.parameters,
      windows,
      test: test ?? null,
      seconds: (performance.now() - begun) / 1000,
    };
    await (options.patience ?? AT_ONCE).untilDone(() => run.end(summary));
    return { ...trained, summary };
  } catch (error) {
    await run.fail(error instanceof Error ? error.message : String(error)).catch(() => undefined);
    throw error;
  }
}

/** Where a run stands that was opened. */
export function standingOf({ description, checkpoint }: Pick<RunFolder, 'description' | 'checkpoint'>): Standing {
  const { training } = description.config;
  const trained = checkpoint !== undefined && endOf(checkpoint.state, training) !== undefined;
  return { failed: description.status === 'failed', trained };
}

/** Notes what the run is trained on and by. @throws Refusal `other-data` */
async function describeBeginning({ run, data, environment, listener }: TrainInRunOptions): Promise<void> {
  const { description, folder } = run;
  if (description.data !== null) {
    const mended = refuseOtherData(folder, description.data, data, standingOf(run));
    if (mended !== undefined) listener?.onNote?.(mended);
  }
  const place =
    description.environment === null
      ? { environment }
      : run.checkpoint === undefined
        ? {}
        : { resumed: [...description.resumed, { at: new Date().toISOString(), ...environment }] };
  await run.update({ status: 'running', data: description.data ?? data, ...place });
}

async function settingsOf(options: TrainInRunOptions): Promise<TrainModelOptions> {
  const { run, environment, checkpointEvery, frameMemory, openWindows, through, listener = {} } = options;
  const { config } = run.description;
  const { state: resume, spec } = run.checkpoint ?? {};
  const from = resume === undefined ? await initialWeights(options) : undefined;
  const told = new Set<string>();
  let epochs = resume?.history.length ?? 0;
  let steps = 0;
  let network: Network;
  const { orLater } = options.patience ?? AT_ONCE;
  return {
    architecture: config.architecture,
    ...(config.networkOptions && { networkOptions: config.networkOptions }),
    ...dataSettingsOf(config),
    training: config.training,
    ...(from && { from }),
    ...(resume && { resume }),
    ...(spec && { spec }),
    ...(checkpointEvery !== undefined && { checkpointEvery }),
    ...(frameMemory !== undefined && { frameMemory }),
    ...(openWindows && { openWindows }),
    ...(through && { through }),
    onTransfer: (transferred) => listener.onTransfer?.(transferred),
    onReady(ready) {
      network = ready.network;
      steps = ready.steps;
      const plan = planOf(ready, environment);
      if (!run.isPlanned) run.metric({ kind: 'plan', ...plan });
      for (const note of ready.notes) listener.onNote?.(note);
      listener.onReady?.(ready, plan);
    },
    onProgress(progress) {
      const step = overallStep(progress, steps);
      listener.onProgress?.(progress, step);
      const { epoch, loss, learningRate, framesPerSecond } = progress;
      if (progress.step % config.training.reportEvery !== 0 && progress.step !== steps) return;
      run.metric({ kind: 'step', epoch, step, loss, learningRate, framesPerSecond });
    },
    onBest: async (best, record) => options.model.better?.(bestSoFar(run, best, record)),
    async onExamination(examination) {
      const step = overallStep(examination, steps);
      const findings = diagnose(examination, OUTPUT_NAMES, config.training);
      run.metric({ kind: 'examination', ...examination, step, findings });
      listener.onExamination?.(examination, step);
      for (const finding of findings) {
        const key = `${finding.kind} ${finding.where}`;
        if (!told.has(key)) listener.onFinding?.(finding);
        told.add(key);
      }
    },
    async onCheckpoint(state: TrainingState) {
      const record = state.history.length > epochs ? state.history.at(-1) : undefined;
      epochs = state.history.length;
      const step = epochs * steps;
      if (record) run.metric({ kind: 'epoch', ...record, step });
      await orLater(() => run.keep(state, network.spec));
      if (record) await listener.onEpoch?.(record, step);
    },
  };
}

/** @throws Refusal `other-model` when the model is not the one that the run was begun with */
async function initialWeights({ run, readWeights }: TrainInRunOptions): Promise<Weights | undefined> {
  const { config } = run.description;
  if (config.from === undefined) return undefined;
  const { model } = config.from;
  const { weights, sha256 } = await readWeights(model);
  if (config.from.sha256 !== undefined && config.from.sha256 !== sha256) {
    const what = 'its weights are not those that the run is to begin with';
    throw new Refusal('other-model', nameOf(model), what, 'bring them back, or train anew');
  }
  await run.update({ config: { ...config, from: { model, sha256 } } });
  return weights;
}

function bestSoFar(run: RunFolder, network: Network, best: EpochRecord | undefined): BestSoFar {
  const { config, data } = run.description;
  const { seed, epochs } = config.training;
  const validationLoss = best && Number.isFinite(best.validationLoss) ? best.validationLoss : null;
  const training: TrainingSummary = {
    seed,
    epochs,
    ...(best && { bestEpoch: best.epoch, validationLoss }),
    smoothing: config.smoothing,
    labelShift: config.labelShift,
    // Names alone: a model is given away, and folders are nobody's business.
    ...(data && { recordings: data.recordings.map(({ reference: _, ...recording }) => recording) }),
  };
  return { network, best, training };
}

function planOf({ network, windows, heldBack, smoothed, notes }: ReadyToTrain, environment: Environment): RunPlan {
  const { plans, parameters, multiplyAdds } = planNetwork(network.spec);
  return {
    parameters,
    multiplyAdds,
    layers: plans.map(({ name, shape }) => ({ name, shape: [...shape] })),
    windows: { ...windows, test: heldBack.length },
    smoothed,
    notes,
    backend: environment.backend,
    adapter: environment.adapter,
  };
}
