import type { Recording } from '../../../datasets/recording/recording.ts';
import type { WindowLoader } from '../../../datasets/windows/loader/window-loader.ts';
import type { WindowSource } from '../../../datasets/windows/window-source.ts';
import type { Network } from '../../../models/network/network.ts';
import type { Weights } from '../../../models/network/weights.ts';
import { predictOpenLoop } from '../../../models/open-loop/open-loop.ts';
import type { ModelSpec } from '../../../models/spec.ts';
import { dataSettingsOf } from '../../../models/training/options.ts';
import type { TrainingState } from '../../../models/training/records.ts';
import { type TrainedModel, trainModel } from '../../../models/training/train-model.ts';
import { planNetwork } from '../../../models/zoo/zoo.ts';
import { turnTaker } from '../../../sim/pace/turn-taker.ts';
import type { WorkerBackend } from '../../workers/backend.ts';
import type { RunEvent } from './events.ts';
import { behindGate, type Gate } from './gate.ts';
import type { LastLook } from './last-look.ts';
import { lookInside } from './look-inside.ts';
import type { RunConfig } from './run-config.ts';

export interface RunTrainingOptions {
  readonly config: RunConfig;
  readonly recordings: readonly Recording[];
  /** Makes the windows. */
  readonly loader: Pick<WindowLoader, 'open'>;
  readonly backend: WorkerBackend;
  readonly gate: Gate;
  readonly signal: AbortSignal;
  /** Of the checkpoint to go on from. */
  readonly resume: { readonly spec: ModelSpec; readonly state: TrainingState } | null;
  /** Weights of another model to begin with. */
  readonly from: Weights | null;
  /** What stands between the files of the windows and whoever asks for them. */
  readonly through: (source: WindowSource) => WindowSource;
  readonly tell: (event: RunEvent) => void;
  /** Called now and then with all that is needed to go on. */
  readonly keep: (network: Network, state: TrainingState) => Promise<void>;
  /** Called at the end of each epoch with what the network makes of a clip that was held back. */
  readonly keepLook: (look: LastLook) => Promise<void>;
}

/** Windows of the held-back clip that are predicted after each epoch: 20 s of 8 frames at 20 Hz. */
const CLIP_WINDOWS = 50;

/** Trains a network on recordings of the library, and tells how it goes. The backend must be open. */
export async function runTraining(options: RunTrainingOptions): Promise<TrainedModel> {
  const { config, recordings, gate, signal, resume, from, tell, backend } = options;
  const pause = turnTaker();
  let steps = 0;
  /** Set before the first step. */
  let look: () => Promise<void> = async () => {};
  let network: Network;
  tell({ type: 'stage', words: 'Estimating the output scales' });
  return trainModel(recordings, {
    architecture: config.architecture,
    networkOptions: config.network,
    ...dataSettingsOf(config),
    training: config.training,
    signal,
    ...(resume && { resume: resume.state, spec: resume.spec }),
    ...(from && resume === null && { from }),
    openWindows: options.loader.open,
    through: (source) => behindGate(options.through(source), gate),
    onTransfer: ({ taken, fresh }) => tell({ type: 'transferred', taken, fresh }),
    onReady(ready) {
      network = ready.network;
      const { plans, parameters, multiplyAdds } = planNetwork(network.spec);
      const layers = plans.map(({ name, shape }) => ({ name, shape }));
      const windows = { ...ready.windows, test: ready.heldBack.length };
      const computing = { backend: backend.name, adapter: backend.adapter };
      tell({
        type: 'plan',
        plan: { parameters, multiplyAdds, layers, windows, smoothed: ready.smoothed, ...computing },
      });
      tell({ type: 'stage', words: 'Training' });
      const { heldBack } = ready;
      const shown = { ...options.through(heldBack), length: Math.min(heldBack.length, CLIP_WINDOWS) };
      if (shown.length === 0) return;
      look = async () => {
        const { steeringAngle } = await predictOpenLoop(network, shown, pause);
        const clip = { ...steeringAngle, rate: network.spec.input.rate };
        const inside = await lookInside(network, shown);
        tell({ type: 'clip', ...clip });
        tell({ type: 'inside', inside });
        await options.keepLook({ clip, inside });
      };
    },
    onProgress(progress) {
      steps = progress.steps;
      tell({ type: 'progress', progress, step: overall(progress, steps) });
    },
    onExamination: async (examination) => tell({ type: 'examined', examination, step: overall(examination, steps) }),
    async onCheckpoint(state) {
      if (state.step === undefined) {
        const record = state.history.at(-1)!;
        tell({ type: 'epoch', record, step: record.epoch * steps });
      }
      await options.keep(network, state);
      if (state.step === undefined) await look();
    },
  });
}

/** Steps since the training began. */
function overall({ epoch, step }: { epoch: number; step: number }, steps: number): number {
  return (epoch - 1) * steps + step;
}
