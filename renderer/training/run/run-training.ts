import type { Recording } from '../../../datasets/recording/recording.ts';
import { splitByTimeBlock } from '../../../datasets/windows/split.ts';
import { createWindowSource } from '../../../datasets/windows/window-source.ts';
import { predictOpenLoop } from '../../../models/evaluation/open-loop.ts';
import { estimateOutputs } from '../../../models/training/labels.ts';
import { turnTaker } from '../../../models/training/pause.ts';
import type { TrainingState } from '../../../models/training/records.ts';
import { type TrainingResult, train } from '../../../models/training/train.ts';
import type { Network } from '../../../models/zoo/network.ts';
import { createNetwork, createSpec, findArchitecture, planNetwork } from '../../../models/zoo/zoo.ts';
import { Refusal } from '../../../sim/refusal.ts';
import type { WorkerBackend } from '../../workers/backend.ts';
import type { decodeCheckpoint } from './checkpoint.ts';
import type { RunEvent } from './events.ts';
import { behindGate, type Gate } from './gate.ts';
import { lookInside } from './look-inside.ts';
import type { RunConfig } from './run-config.ts';

export interface RunTrainingOptions {
  readonly config: RunConfig;
  readonly recordings: readonly Recording[];
  readonly backend: WorkerBackend;
  readonly gate: Gate;
  readonly signal: AbortSignal;
  readonly resume: ReturnType<typeof decodeCheckpoint> | null;
  readonly tell: (event: RunEvent) => void;
  /** Called at the end of each epoch. */
  readonly keep: (network: Network, state: TrainingState) => Promise<void>;
}

/** Windows of the held-back clip that are predicted after each epoch: 20 s of 8 frames at 20 Hz. */
const CLIP_WINDOWS = 50;

/** Trains a network on recordings of the library, and tells how it goes. The backend must be open. */
export async function runTraining(options: RunTrainingOptions): Promise<{ network: Network; result: TrainingResult }> {
  const { config, recordings, gate, signal, resume, tell, backend } = options;
  const defaults = findArchitecture(config.architecture).input;
  const rate = Math.min(...recordings.map(({ metadata }) => metadata.rate));
  const input = resume?.spec.input ?? { ...defaults, time: config.time ?? defaults.time, rate };
  const split = splitByTimeBlock(recordings, { validationShare: config.validation, testTail: config.testTail });
  const windows = (parts: readonly Recording[], stride: number) =>
    createWindowSource(parts, {
      time: input.time,
      stride,
      inputSize: { width: input.width, height: input.height },
      crop: input.crop,
      rate: input.rate,
    });
  const training = windows(split.train, config.stride);
  const validation = windows(split.validation, input.time);
  const clip = windows(split.test.length > 0 ? split.test.slice(0, 1) : split.validation.slice(0, 1), input.time);
  if (training.length === 0) {
    const what = `no run of ${input.time} samples without a gap is left to train on`;
    throw new Refusal('too-short', 'the recordings', what, 'record more, or lower T');
  }
  tell({ type: 'stage', words: 'Estimating the output scales' });
  const spec =
    resume?.spec ??
    createSpec(config.architecture, { input, outputs: await estimateOutputs(training), options: config.network });
  const { plans, parameters, multiplyAdds } = planNetwork(spec);
  tell({
    type: 'plan',
    plan: {
      parameters,
      multiplyAdds,
      layers: plans.map(({ name, shape }) => ({ name, shape })),
      windows: { training: training.length, validation: validation.length, test: clip.length },
      backend: backend.name,
      adapter: backend.adapter,
    },
  });
  tell({ type: 'stage', words: 'Training' });
  const network = createNetwork(spec, config.training.seed ?? 1);
  const shown = { ...clip, length: Math.min(clip.length, CLIP_WINDOWS), load: clip.load.bind(clip) };
  const pause = turnTaker();
  let steps = 0;
  const result = await train({
    network,
    training: behindGate(training, gate),
    validation: behindGate(validation, gate),
    options: config.training,
    signal,
    ...(resume && { resume: resume.state }),
    onProgress: (progress) => {
      steps = progress.steps;
      tell({ type: 'progress', progress, step: (progress.epoch - 1) * progress.steps + progress.step });
    },
    onExamination: (examination) => tell({ type: 'examined', examination }),
    onEpoch: async (state) => {
      const record = state.history.at(-1)!;
      tell({ type: 'epoch', record, step: record.epoch * steps });
      await options.keep(network, state);
      if (shown.length === 0) return;
      const { steeringAngle } = await predictOpenLoop(network, shown, pause);
      tell({ type: 'clip', ...steeringAngle, rate: input.rate });
      tell({ type: 'inside', inside: await lookInside(network, shown) });
    },
  });
  return { network, result };
}
