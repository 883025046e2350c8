import { z } from 'zod';
import { parseOrRefuse } from '../../sim/parse.ts';
import { knownOptions, underTodaysNames } from './option-table/names.ts';
import { shapeOf } from './option-table/option.ts';
import { DATA_TABLE, TRAINING_TABLE } from './option-table/table.ts';

const REFUSED = {
  code: 'wrong-training-option',
  where: 'training option',
  joint: ' ',
  mend: 'correct or remove it',
};

/** How a network learns; options under names that they had before are read, too. */
export const trainingSchema = z.preprocess(underTodaysNames, z.strictObject(shapeOf(TRAINING_TABLE)));
export type TrainingOptions = z.infer<typeof trainingSchema>;

/** What a training makes of its recordings. What is absent is as the architecture has it. */
export const dataSettingsSchema = z.strictObject(shapeOf(DATA_TABLE));
export type DataSettings = z.infer<typeof dataSettingsSchema>;

/** Fills in the defaults. @throws Refusal naming the option that is unknown or out of range */
export function trainingOptions(given: object = {}): TrainingOptions {
  return parseOrRefuse(trainingSchema, knownOptions({ ...given }, undefined, TRAINING_TABLE), REFUSED);
}

/** Fills in the defaults. @throws Refusal naming the option that is unknown or out of range */
export function dataSettings(given: object = {}): DataSettings {
  return parseOrRefuse(dataSettingsSchema, knownOptions({ ...given }, undefined, DATA_TABLE), REFUSED);
}

/** The data settings among others; what is undefined is left out. */
export function dataSettingsOf<T extends Partial<DataSettings>>(settings: T): Pick<T, keyof DataSettings & keyof T> {
  const names = Object.keys(DATA_TABLE) as (keyof DataSettings & keyof T)[];
  const given = names.filter((name) => settings[name] !== undefined);
  return Object.fromEntries(given.map((name) => [name, settings[name]])) as never;
}
