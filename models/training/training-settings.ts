import { createSpec, findArchitecture } from '../zoo/zoo.ts';
import { type Look, lookOf, optionsForLoss } from './option-table/by-architecture.ts';
import { knownOptions } from './option-table/names.ts';
import { DATA_TABLE } from './option-table/table.ts';
import { type DataSettings, dataSettings, dataSettingsOf, type TrainingOptions, trainingOptions } from './options.ts';

/** Data settings with nothing left to the architecture. */
export type CompleteData = DataSettings & Look;

/** Everything that fixes a training but its recordings and the weights that it begins with. */
export interface TrainingSettings {
  readonly architecture: string;
  readonly networkOptions: Readonly<Record<string, unknown>>;
  readonly data: CompleteData;
  readonly training: TrainingOptions;
}

/**
 * What given options mean for the training of a network: the defaults of the table, those of the architecture, and what
 * the network needs for its loss. Everybody who trains starts from here, so that the same options are the same training.
 * @param given options of the table by name, of both kinds
 * @throws Refusal naming the option that is unknown or out of range, or when the network does not fit its input
 */
export function trainingSettings(
  architecture: string,
  networkOptions: Readonly<Record<string, unknown>> = {},
  given: Readonly<Record<string, unknown>> = {},
): TrainingSettings {
  const { data: givenData, training } = checkOptions(given);
  const data = completeData(architecture, givenData);
  const options = { ...optionsForLoss(training.loss, architecture), ...networkOptions };
  const { width, height, time, crop } = data;
  createSpec(architecture, {
    options,
    input: { ...findArchitecture(architecture).input, width, height, time, crop },
  });
  return { architecture, networkOptions: options, data, training };
}

/** Sorts given options by kind and fills in the table's defaults. @throws Refusal naming the option that is wrong */
export function checkOptions(given: Readonly<Record<string, unknown>>): {
  readonly data: DataSettings;
  readonly training: TrainingOptions;
} {
  const known = Object.entries(knownOptions(given));
  const isData = ([name]: [string, unknown]) => Object.hasOwn(DATA_TABLE, name);
  return {
    data: dataSettings(Object.fromEntries(known.filter(isData))),
    training: trainingOptions(Object.fromEntries(known.filter((option) => !isData(option)))),
  };
}

/**
 * The data settings among others, with the defaults of the table and of the architecture.
 * @throws Refusal naming the option that is out of range
 */
export function completeData(architecture: string, given: Partial<DataSettings> = {}): CompleteData {
  const { width, height, time, crop, ...rest } = dataSettings(dataSettingsOf(given));
  const look = lookOf(architecture);
  return {
    ...rest,
    width: width ?? look.width,
    height: height ?? look.height,
    time: time ?? look.time,
    crop: crop ?? look.crop,
  };
}
