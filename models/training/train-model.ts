import { groundView } from '../../datasets/augmentation/ground-view.ts';
import type { Recording } from '../../datasets/recording/recording.ts';
import { smoothingOf } from '../../datasets/windows/smooth-steering.ts';
import type { WindowOptions, WindowSource } from '../../datasets/windows/window-source.ts';
import { Refusal } from '../../sim/refusal.ts';
import type { Network } from '../network/network.ts';
import type { Weights } from '../network/weights.ts';
import { type OpenLoopReport, openLoopReport } from '../open-loop/open-loop.ts';
import type { ModelSpec } from '../spec.ts';
import { createNetwork, createSpec, findArchitecture } from '../zoo/zoo.ts';
import type { Examination } from './examination/examination.ts';
import { estimateOutputs } from './labels.ts';
import { openParts, type TestPart } from './open-parts.ts';
import { type DataSettings, type TrainingOptions, trainingOptions } from './options.ts';
import type { Progress } from './progress.ts';
import type { EpochRecord, TrainingState } from './records.ts';
import { stepsOfEpoch, type TrainingResult, train } from './train.ts';
import { completeData } from './training-settings.ts';
import { type Transferred, transferWeights } from './transfer.ts';

export interface TrainModelOptions extends Partial<DataSettings> {
  /** Name in the zoo. */
  readonly architecture: string;
  /** Options of the architecture. */
  readonly networkOptions?: Readonly<Record<string, unknown>>;
  readonly training?: Partial<TrainingOptions>;
  /** Weights of another model, to begin with where they fit. */
  readonly from?: Weights;
  readonly signal?: AbortSignal;
  /** Where an earlier training of the same options and recordings stood. */
  readonly resume?: TrainingState;
  /** What the resumed training made of its recordings; found out again when absent. */
  readonly spec?: ModelSpec;
  /** Steps between two checkpoints within an epoch. */
  readonly checkpointEvery?: number;
  /** Makes the windows, e.g. in a thread of its own. Default: here. */
  openWindows?(recordings: readonly Recording[], options: WindowOptions): Promise<WindowSource>;
  /** Memory for decoded frames [bytes]. Default 512 MiB. */
  readonly frameMemory?: number;
  /** What stands between the windows and the training, e.g. a gate that a person can shut. */
  through?(source: WindowSource): WindowSource;
  /** Called when the network is there, before its first step. */
  onReady?(ready: ReadyToTrain): void;
  onProgress?(progress: Progress): void;
  /** Called with what was taken over from another model. */
  onTransfer?(transferred: Transferred): void;
  /** Called whenever the network has become the best so far; it holds those weights now. */
  onBest?(network: Network, record: EpochRecord): Promise<void>;
  /** Called within and at the end of each epoch with all that is needed to go on. */
  onCheckpoint?(state: TrainingState): Promise<void>;
  onExamination?(examination: Examination): Promise<void>;
}

/** A network and its windows, about to be trained. */
export interface ReadyToTrain {
  readonly network: Network;
  readonly windows: { readonly training: number; readonly validation: number };
  /** Steps in an epoch. */
  readonly steps: number;
  /** Names of recordings whose steering is smoothed before it is learned. */
  readonly smoothed: readonly string[];
  /**
   * Consecutive windows without overlap of the first piece that is not trained on: held back for the test or, without
   * one, for validation.
   */
  readonly heldBack: WindowSource;
  /** What to know of the parts that the recordings are split into, a line each. */
  readonly notes: readonly string[];
}

export interface TrainedModel {
  readonly network: Network;
  readonly result: TrainingResult;
  /** Windows that were trained on and that validated. */
  readonly windows: { readonly training: number; readonly validation: number };
  /** Open-loop scores on the held-back tail, against the truth that every model is judged by (`HeadScore`); absent when no tail was held back. */
  readonly test?: OpenLoopReport;
  /** Why the held-back tail could not be scored, as when a picture there is damaged. */
  readonly untested?: string;
}

/**
 * Trains a network of the zoo on recordings. The backend must be open.
 * @throws Refusal when options or recordings do not fit
 */
export async function trainModel(recordings: readonly Recording[], options: TrainModelOptions): Promise<TrainedModel> {
  refuseUnlabelled(recordings);
  const training = trainingOptions(options.training);
  const data = completeData(options.architecture, options);
  const { width, height, time, crop } = data;
  const rate = commonRate(recordings);
  const input = options.spec?.input ?? {
    ...findArchitecture(options.architecture).input,
    width,
    height,
    time,
    crop,
    rate,
  };
  const parts = await openParts(recordings, data, input, options);
  const choices = { input, ...(options.networkOptions && { options: options.networkOptions }) };
  // Shapes that do not fit are refused before the first picture is decoded.
  createSpec(options.architecture, choices);
  const outputs = options.spec?.outputs ?? (await estimateOutputs(parts.training));
  const network = createNetwork(createSpec(options.architecture, { ...choices, outputs }), training.seed);
  const transferred = options.from && transferWeights(network, options.from);
  if (transferred) options.onTransfer?.(transferred);
  const counts = { training: parts.training.length, validation: parts.validation.length };
  const isSmoothed = (recording: Recording) => smoothingOf(recording, data.smoothing) > 0;
  const smoothed = [...new Set(recordings.filter(isSmoothed).map(({ metadata }) => metadata.name))];
  const { heldBack, notes } = parts;
  const steps = stepsOfEpoch(counts.training, training);
  options.onReady?.({ network, windows: counts, steps, smoothed, heldBack, notes });
  const { signal, resume, checkpointEvery } = options;
  const checkpoint = options.onCheckpoint?.bind(options);
  const through = (source: WindowSource) => options.through?.(source) ?? source;
  const result = await train({
    network,
    training: through(parts.training),
    validation: through(parts.validation),
    options: training,
    ground: groundView(recordings, input, input.crop),
    ...(signal && { signal }),
    ...(resume && { resume }),
    ...(checkpointEvery !== undefined && { checkpointEvery }),
    ...(options.onProgress && { onProgress: options.onProgress.bind(options) }),
    ...(checkpoint && { onCheckpoint: checkpoint, onEpoch: checkpoint }),
    ...(options.onExamination && { onExamination: options.onExamination.bind(options) }),
    onBest: async (_, record) => options.onBest?.(network, record),
  });
  return { network, result, windows: counts, ...(await testOn(network, parts.test)) };
}

/** A fault in what is only scored must not cost what was learned. */
async function testOn(network: Network, part: TestPart | undefined): Promise<Pick<TrainedModel, 'test' | 'untested'>> {
  if (part === undefined) return {};
  try {
    return { test: await openLoopReport(network, part.windows, { recorded: part.recorded }) };
  } catch (error) {
    return { untested: error instanceof Error ? error.message : String(error) };
  }
}

/** @throws Refusal for a recording that has no steering to learn from */
function refuseUnlabelled(recordings: readonly Recording[]): void {
  for (const { metadata, columns } of recordings) {
    if (columns.steeringAngle?.some((angle) => Number.isFinite(angle)) === true) continue;
    const what = 'the recording has no steering angles to learn from';
    throw new Refusal('no-labels', metadata.name, what, 'leave it out, or label it first');
  }
}

/** Recordings of different rates are read at the slowest, so that no frame has to be made up [Hz]. */
function commonRate(recordings: readonly Recording[]): number {
  return Math.min(...recordings.map(({ metadata }) => metadata.rate));
}
