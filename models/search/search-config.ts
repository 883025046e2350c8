import { z } from 'zod';
import { Refusal } from '../../sim/refusal.ts';
import { trainingOptions } from '../training/options.ts';
import { createSpec, findArchitecture } from '../zoo/zoo.ts';

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
  model: z.string().default('cnn-lstm'),
  /** Options of the network that all settings share. */
  network: z.record(z.string(), z.unknown()).default({}),
  /** Training options that all settings share. */
  training: z.record(z.string(), z.unknown()).default({}),
  /** By name: a training option (`learningRate`, `schedule.kind`), `network.` and an option of the network, or one of PLACES. */
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

/** Options that are neither of the training nor of the network. */
export const PLACES = ['time', 'width', 'height', 'stride'] as const;

/** These change what the validation loss means: settings could not be compared by it. */
const INCOMPARABLE = /^(loss|huberDelta|headWeights(\..*)?|ignoreFirst|seed)$/;

/** Chosen values by name. */
export type Setting = Readonly<Record<string, number | string | boolean | null>>;

/** @param where the file, for messages. @throws Refusal naming the field */
export function searchConfig(given: unknown, where: string): SearchConfig {
  const parsed = searchConfigSchema.safeParse(given);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!;
    throw new Refusal(
      'wrong-search',
      `${where}, ${path.join('.') || 'the whole file'}`,
      message,
      'correct or remove it',
    );
  }
  const config = parsed.data;
  findArchitecture(config.model);
  const firsts = Object.fromEntries(Object.entries(config.settings).map(([name, values]) => [name, tried(values)[0]!]));
  for (const [name, values] of Object.entries(config.settings)) {
    const place = `${where}, settings.${name}`;
    if (INCOMPARABLE.test(name)) {
      const what = 'settings that differ in this cannot be compared by their validation loss';
      throw new Refusal('incomparable', place, what, 'fix it in "training"');
    }
    if (config.method === 'grid' && !Array.isArray(values)) {
      throw new Refusal('wrong-search', place, 'a grid needs a list of values', 'write a list, or use random');
    }
    // Every value is tried before the first training, so that none is refused after hours.
    for (const value of tried(values)) {
      try {
        resolveSetting(config, { ...firsts, [name]: value }, 1);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        throw new Refusal(error.code, place, error.message, 'correct the value or the name');
      }
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

/** What a setting means for a training. */
export interface ResolvedSetting {
  readonly training: ReturnType<typeof trainingOptions>;
  readonly networkOptions: Record<string, unknown>;
  readonly places: Partial<Record<(typeof PLACES)[number], number>>;
}

/** @throws Refusal for an option that does not exist or a value that it does not take */
export function resolveSetting(config: SearchConfig, setting: Setting, seed: number, epochs?: number): ResolvedSetting {
  const training: Record<string, unknown> = { ...config.training };
  const networkOptions: Record<string, unknown> = { ...config.network };
  const places: Record<string, number> = {};
  for (const [name, value] of Object.entries(setting)) {
    if ((PLACES as readonly string[]).includes(name)) places[name] = value as number;
    else if (name.startsWith('network.')) put(networkOptions, name.slice('network.'.length), value);
    else put(training, name, value);
  }
  const { stride: _, ...input } = places;
  createSpec(config.model, { options: networkOptions, input: { ...findArchitecture(config.model).input, ...input } });
  return {
    training: trainingOptions({ ...training, seed, ...(epochs !== undefined && { epochs }) }),
    networkOptions,
    places,
  };
}

function put(into: Record<string, unknown>, name: string, value: unknown): void {
  const [first, ...rest] = name.split('.');
  if (rest.length === 0) {
    into[first!] = value;
    return;
  }
  const inner = { ...(Object.hasOwn(into, first!) ? (into[first!] as Record<string, unknown>) : {}) };
  put(inner, rest.join('.'), value);
  into[first!] = inner;
}
