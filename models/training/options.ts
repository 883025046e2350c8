import { z } from 'zod';
import { Refusal } from '../../sim/refusal.ts';
import { underTodaysNames, unknownOption } from './option-table/names.ts';
import { shapeOf } from './option-table/option.ts';
import { DATA_TABLE, TRAINING_TABLE } from './option-table/table.ts';

/** How a network learns; options under names that they had before are read, too. */
export const trainingSchema = z.preprocess(underTodaysNames, z.strictObject(shapeOf(TRAINING_TABLE)));
export type TrainingOptions = z.infer<typeof trainingSchema>;

/** What a training makes of its recordings. What is absent is as the architecture has it. */
export const dataSettingsSchema = z.strictObject(shapeOf(DATA_TABLE));
export type DataSettings = z.infer<typeof dataSettingsSchema>;

/** Fills in the defaults. @throws Refusal naming the option that is unknown or out of range */
export function trainingOptions(given: unknown = {}): TrainingOptions {
  return parsed(trainingSchema, given);
}

/** Fills in the defaults. @throws Refusal naming the option that is unknown or out of range */
export function dataSettings(given: unknown = {}): DataSettings {
  return parsed(dataSettingsSchema, given);
}

/** The data settings among others; what is undefined is left out. */
export function dataSettingsOf<T extends Partial<DataSettings>>(settings: T): Pick<T, keyof DataSettings & keyof T> {
  const names = Object.keys(DATA_TABLE) as (keyof DataSettings & keyof T)[];
  const given = names.filter((name) => settings[name] !== undefined);
  return Object.fromEntries(given.map((name) => [name, settings[name]])) as never;
}

function parsed<T>(schema: z.ZodType<T>, given: unknown): T {
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  const field = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys' && field === '') throw unknownOption(issue.keys[0]!);
  throw new Refusal(
    'wrong-training-option',
    field === '' ? 'training options' : `training option ${field}`,
    issue.message,
    'correct or remove it',
  );
}
