import { BACKEND_NAMES } from '../../../../models/backend/open-backend.ts';
import type { InputSpec } from '../../../../models/spec.ts';
import { type TrainingOptions, trainingOptions } from '../../../../models/training/options.ts';
import {
  DATA_DEFAULTS,
  type DataSettings,
  dataSettingsSchema,
  optionsForLoss,
  SHORT_WINDOWS,
  TRAINING_DEFAULTS,
} from '../../../../models/training/train-settings.ts';
import { findArchitecture } from '../../../../models/zoo/zoo.ts';
import { Refusal } from '../../../../sim/refusal.ts';
import type { RunConfig } from '../../run/run-config.ts';
import { type NetworkReading, readNetwork, readObject } from './network-editor.ts';

/** Steps of an epoch, so that curves, checkpoints and the held-back clip move every few seconds. */
const STEPS_PER_EPOCH = 60;
/** The network that the form begins with: small, quick, and it has a memory. */
const FIRST_CHOICE = 'cnn-lstm';

export const BACKENDS = ['auto', ...BACKEND_NAMES] as const;

/** What a network looks at, with nothing left open. */
type Look = Pick<InputSpec, 'width' | 'height' | 'time' | 'crop'>;

/** Everything that a person can choose before a training. */
export interface RunForm {
  /** Ids. */
  readonly recordings: readonly string[];
  readonly name: string;
  readonly architecture: string;
  /** JSON: options of the network, or its layers. */
  readonly network: string;
  readonly data: DataSettings & Look;
  readonly training: TrainingOptions;
  /** Layers that are not trained, with commas between. */
  readonly frozen: string;
  /** JSON: training options that win over the fields. */
  readonly options: string;
  /** Id of the model whose weights it begins with; empty for fresh ones. */
  readonly from: string;
  readonly backend: (typeof BACKENDS)[number];
}

/** What the form begins with: the defaults of `wheelhouse train`, in shorter epochs. @param recordings ids */
export function firstForm(recordings: readonly string[]): RunForm {
  return {
    recordings,
    name: '',
    architecture: FIRST_CHOICE,
    network: '',
    data: { ...DATA_DEFAULTS, ...lookOf(FIRST_CHOICE) },
    training: trainingOptions({ ...TRAINING_DEFAULTS, stepsPerEpoch: STEPS_PER_EPOCH }),
    frozen: '',
    options: '',
    from: '',
    backend: 'auto',
  };
}

/** What an architecture looks at when nothing else is said. */
export function lookOf(architecture: string): Look {
  const { width, height, crop, time } = findArchitecture(architecture).input;
  return { width, height, crop, time: SHORT_WINDOWS[architecture] ?? time };
}

/** A form read through: what it makes, and what stands in its way. */
export interface FormReading {
  readonly network: NetworkReading;
  /** What is wrong with the training options' text, the split or the crop; undefined when nothing is. */
  readonly optionsProblem: string | undefined;
  readonly dataProblem: string | undefined;
  /** Null while something is wrong. */
  readonly config: RunConfig | null;
}

export function readForm(form: RunForm): FormReading {
  const training = readTraining(form);
  const data = dataSettingsSchema.safeParse(form.data);
  const loss = 'problem' in training ? form.training.loss : training.options.loss;
  const { width, height, time, crop } = form.data;
  const input = data.success ? { width, height, time, crop } : {};
  const network = readNetwork(form.architecture, form.network, input, optionsForLoss(loss, form.architecture));
  const dataProblem = data.success ? splitProblem(form) : data.error.issues[0]!.message;
  const isWhole = data.success && dataProblem === undefined && form.recordings.length > 0;
  return {
    network,
    optionsProblem: 'problem' in training ? training.problem : undefined,
    dataProblem,
    config:
      isWhole && !('problem' in training) && !('problem' in network)
        ? {
            architecture: network.architecture,
            network: network.options,
            recordings: [...form.recordings],
            ...data.data,
            ...(form.from !== '' && { from: form.from }),
            backend: form.backend,
            training: training.options,
          }
        : null,
  };
}

function readTraining(form: RunForm): { readonly options: TrainingOptions } | { readonly problem: string } {
  const read = readObject(form.options);
  if ('problem' in read) return read;
  try {
    return { options: trainingOptions({ ...form.training, freeze: namesIn(form.frozen), ...read.object }) };
  } catch (error) {
    if (error instanceof Refusal) return { problem: error.message };
    throw error;
  }
}

function splitProblem({ data, recordings }: RunForm): string | undefined {
  if (data.split !== 'recording' || recordings.length !== 1) return undefined;
  return 'One recording cannot be split by recording: choose a second one, or split by blocks of time.';
}

function namesIn(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
