import { BACKEND_NAMES } from '../../../../models/backend/open-backend.ts';
import type { RunConfig } from '../../../../models/runs/run-config.ts';
import { optionsForLoss } from '../../../../models/training/option-table/by-architecture.ts';
import { knownOptions } from '../../../../models/training/option-table/names.ts';
import { DATA_TABLE } from '../../../../models/training/option-table/table.ts';
import { USUAL_NETWORK } from '../../../../models/training/option-table/usual-network.ts';
import { dataSettingsSchema, type TrainingOptions } from '../../../../models/training/options.ts';
import {
  type CompleteData,
  checkOptions,
  completeData,
  trainingSettings,
} from '../../../../models/training/training-settings.ts';
import { Refusal } from '../../../../sim/refusal.ts';
import { type NetworkReading, readNetwork, readObject } from './network-editor.ts';

/** Steps of an epoch, so that curves, checkpoints and the held-back clip move every few seconds. */
const STEPS_PER_EPOCH = 60;

export const BACKENDS = ['auto', ...BACKEND_NAMES] as const;

/** Everything that a person can choose before a training. */
export interface RunForm {
  /** Ids. */
  readonly recordings: readonly string[];
  readonly name: string;
  readonly architecture: string;
  /** JSON: options of the network, or its layers. */
  readonly network: string;
  readonly data: CompleteData;
  readonly training: TrainingOptions;
  /** JSON: training options that win over the fields. */
  readonly options: string;
  /** Id of the model whose weights it begins with; empty for fresh ones. */
  readonly from: string;
  readonly backend: (typeof BACKENDS)[number];
}

/** What the form begins with: the defaults of `wheelhouse train`, in shorter epochs. @param recordings ids */
export function firstForm(recordings: readonly string[]): RunForm {
  const { data, training } = trainingSettings(USUAL_NETWORK, {}, { stepsPerEpoch: STEPS_PER_EPOCH });
  return {
    recordings,
    name: '',
    architecture: USUAL_NETWORK,
    network: '',
    data,
    training,
    options: '',
    from: '',
    backend: 'auto',
  };
}

/** The part of a form that holds options of the training table. */
export type ChosenOptions = Pick<RunForm, 'data' | 'training'>;

/** The options of the training table that a form holds, by name. */
export function chosenOptions({ data, training }: ChosenOptions): Readonly<Record<string, unknown>> {
  return { ...data, ...training };
}

/** The options of a form with one chosen anew. @param value one that the option takes */
export function withOption({ data, training }: ChosenOptions, name: string, value: unknown): ChosenOptions {
  return Object.hasOwn(DATA_TABLE, name)
    ? { data: { ...data, [name]: value }, training }
    : { data, training: { ...training, [name]: value } };
}

/** A form read through: what it makes, and what stands in its way. */
export interface FormReading {
  readonly network: NetworkReading;
  /** What is wrong with the training options, the split or the crop; undefined when nothing is. */
  readonly optionsProblem: string | undefined;
  readonly dataProblem: string | undefined;
  /** A line for each option that was given under an old name. */
  readonly notes: readonly string[];
  /** Null while something is wrong. */
  readonly config: RunConfig | null;
}

export function readForm(form: RunForm): FormReading {
  const own = dataSettingsSchema.safeParse(form.data);
  const notes: string[] = [];
  const options = readOptions(form, own.success ? form.data : {}, notes);
  const { data, training } = 'problem' in options ? form : options;
  const { width, height, time, crop } = data;
  const input = own.success ? { width, height, time, crop } : {};
  const network = readNetwork(form.architecture, form.network, input, optionsForLoss(training.loss, form.architecture));
  const dataProblem = own.success ? splitProblem(data, form.recordings) : own.error.issues[0]!.message;
  const isWhole = dataProblem === undefined && form.recordings.length > 0;
  return {
    network,
    notes,
    optionsProblem: 'problem' in options ? options.problem : undefined,
    dataProblem,
    config:
      isWhole && !('problem' in options) && !('problem' in network)
        ? {
            architecture: network.architecture,
            networkOptions: network.options,
            recordings: form.recordings.map((id) => ({ id })),
            ...data,
            ...(form.from !== '' && { from: { model: { id: form.from } } }),
            backend: form.backend,
            training,
          }
        : null,
  };
}

/** The options of the fields, and over them those that are written as JSON. */
function readOptions(
  { architecture, training, options }: RunForm,
  data: Partial<CompleteData>,
  notes: string[],
): ChosenOptions | { readonly problem: string } {
  const read = readObject(options);
  if ('problem' in read) return read;
  try {
    const given = knownOptions(read.object, (line) => notes.push(line));
    const all = checkOptions({ ...data, ...training, ...given });
    return { data: completeData(architecture, all.data), training: all.training };
  } catch (error) {
    if (error instanceof Refusal) return { problem: error.message };
    throw error;
  }
}

function splitProblem({ split }: CompleteData, recordings: readonly string[]): string | undefined {
  if (split !== 'recording' || recordings.length !== 1) return undefined;
  return 'One recording cannot be split by recording: choose a second one, or split by blocks of time.';
}
