import { z } from 'zod';
import { parseOrRefuse } from '../../sim/parse.ts';
import { Refusal, refusingAt } from '../../sim/refusal.ts';
import { putUnder } from '../training/option-table/dotted.ts';
import { knownOptions, renamed } from '../training/option-table/names.ts';
import type { TrainingOption } from '../training/option-table/option.ts';
import { findOption } from '../training/option-table/table.ts';
import { USUAL_NETWORK } from '../training/option-table/usual-network.ts';
import { type TrainingSettings, trainingSettings } from '../training/training-settings.ts';
import { findArchitecture } from '../zoo/zoo.ts';

/** Values of an option: a list, or a range to draw from. */
const valuesSchema = z.union([
  z.array(z.union([z.number(), z.string(), z.boolean(), z.null()])).min(1),
  z
    .strictObject({
      min: z.number(),
      max: z.number(),
      scale: z.enum(['linear', 'log']).default('linear'),
      whole: z.boolean().default(false),
    })
    .refine(({ min, max }) => min < max, 'min must be below max')
    .refine(({ min, scale }) => scale === 'linear' || min > 0, 'a log scale needs a min above 0'),
]);
export type Values = z.infer<typeof valuesSchema>;

/** What a search looks for, as a person writes it into a file. */
export const searchConfigSchema = z.strictObject({
  method: z.enum(['grid', 'random', 'halving']),
  model: z.string().default(USUAL_NETWORK),
  /** Options of the network that all settings share. */
  network: z.record(z.string(), z.unknown()).default({}),
  /** Options of the training table that all settings share; as `wheelhouse train --options` reads them. */
  training: z.record(z.string(), z.unknown()).default({}),
  /** By name: an option of the training table (`learningRate`, `schedule.kind`), or `network.` and one of the network. */
  settings: z
    .record(z.string(), valuesSchema)
    .refine((settings) => Object.keys(settings).length > 0, 'name an option at least'),
  /** Settings drawn, for `random` and `halving`. */
  count: z.int().min(2).max(10_000).default(8),
  /** Every setting is trained from each of these; fewer than three tell nothing. */
  seeds: z.array(z.int().min(0)).min(3).default([1, 2, 3]),
  /** Of the drawing. */
  seed: z.int().default(1),
  /** Epochs of each round of `halving`; the last is the longest. */
  rounds: z.array(z.int().min(1)).min(2).default([2, 4, 8]),
  /** Share of the settings that goes on to the next round. */
  keep: z.number().gt(0).lt(1).default(0.5),
});
export type SearchConfig = z.infer<typeof searchConfigSchema>;

/** Begins the names of the network's own options. */
const NETWORK = 'network.';

/** Chosen values by name. */
export type Setting = Readonly<Record<string, number | string | boolean | null>>;

/**
 * Reads what a person wrote; old names of options become today's.
 * @param where the file, for messages
 * @param note called with a line for each option that was given under an old name
 * @throws Refusal naming the field
 */
export function searchConfig(given: unknown, where: string, note?: (line: string) => void): SearchConfig {
  const refused = { code: 'wrong-search', where, joint: ', ', mend: 'correct or remove it' };
  const written = parseOrRefuse(searchConfigSchema, given, refused);
  findArchitecture(written.model);
  const training = refusingAt(`${where}, training`, () => knownOptions(written.training, note));
  const settings = renamed(written.settings, note);
  const config = { ...written, training, settings };
  const firsts = Object.fromEntries(Object.entries(settings).map(([name, values]) => [name, tried(values)[0]!]));
  for (const [name, values] of Object.entries(settings)) {
    const place = `${where}, settings.${name}`;
    if (optionOf(name)?.changesLoss) {
      const what = 'settings that differ in this cannot be compared by their validation loss';
      throw new Refusal('incomparable', place, what, 'fix it in "training"');
    }
    if (config.method === 'grid' && !Array.isArray(values)) {
      throw new Refusal('wrong-search', place, 'a grid needs a list of values', 'write a list, or use random');
    }
    // Every value is tried before the first training, so that none is refused after hours.
    for (const value of tried(values)) {
      refusingAt(place, () => resolveSetting(config, { ...firsts, [name]: value }, 1));
    }
  }
  return config;
}

/** The values of a list, or the ends of a range. */
function tried(values: Values): Setting[string][] {
  if (Array.isArray(values)) return values;
  const ends = [values.min, values.max];
  return values.whole ? ends.map(Math.round) : ends;
}

/**
 * The training that a setting means: the same that `wheelhouse train` does with the same options.
 * @throws Refusal for an option that does not exist or a value that it does not take
 */
export function resolveSetting(
  config: SearchConfig,
  setting: Setting,
  seed: number,
  epochs?: number,
): TrainingSettings {
  const training: Record<string, unknown> = { ...config.training };
  const network: Record<string, unknown> = { ...config.network };
  for (const [name, value] of Object.entries(setting)) {
    if (name.startsWith(NETWORK)) putUnder(network, name.slice(NETWORK.length), value);
    else putUnder(training, name, value);
  }
  return trainingSettings(config.model, network, { ...training, seed, ...(epochs !== undefined && { epochs }) });
}

/** The option of the training table that a name leads into; undefined for an option of the network. */
function optionOf(name: string): TrainingOption | undefined {
  return findOption(name.split('.')[0]!);
}
