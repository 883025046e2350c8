import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { BackendName } from '../../../../../models/backend/open-backend.ts';
import type { RunConfig } from '../../../../../models/runs/run-config.ts';
import { putUnder } from '../../../../../models/training/option-table/dotted.ts';
import { knownOptions } from '../../../../../models/training/option-table/names.ts';
import {
  checkOptions,
  type TrainingSettings,
  trainingSettings,
} from '../../../../../models/training/training-settings.ts';
import { findArchitecture } from '../../../../../models/zoo/zoo.ts';
import { parseJson } from '../../../../../sim/parse.ts';
import { Refusal, refusingAt } from '../../../../../sim/refusal.ts';
import { runFolderOf } from '../../../../work/runs/run-places.ts';
import { runConfigOf } from '../../../../work/training/train-into-folder.ts';
import { openOptions, type ReadingFlags } from '../../reading-options.ts';
import { optionsFromFlags } from '../../training-flags.ts';

/** What was chosen about a training on the command line; options of the table stand under the names of their flags. */
export interface TrainingChoices extends ReadingFlags, Readonly<Record<string, unknown>> {
  readonly model: string;
  readonly network?: string;
  readonly options?: string;
  readonly set: readonly string[];
  readonly from?: string;
  /** Folder of the run, when not beside the model. */
  readonly run?: string;
  readonly backend?: BackendName | 'auto';
}

/** What `wheelhouse train` was called with. */
export interface TrainCommandOptions extends TrainingChoices {
  readonly out?: string;
  readonly resume?: string;
  readonly checkpointEvery: number;
  readonly frameMemory: number;
  readonly frameCache: boolean;
  readonly backend: BackendName | 'auto';
}

const networkFileSchema = z.looseObject({});

/**
 * All settings of a training, from the command line and the files that it names; later ones win: the defaults, the
 * options file, `--set`, the flags.
 * @param note called with a line for each option that was given under an old name
 * @throws Refusal naming the file and the field
 */
export async function trainConfig(
  folders: readonly string[],
  out: string,
  options: TrainingChoices,
  note: (line: string) => void = () => {},
): Promise<RunConfig & { readonly out: string }> {
  const fromFile = options.options === undefined ? {} : await readOptionsFile(options.options, note);
  const given = [fromFile, knownOptions(parseSettings(options.set), note), optionsFromFlags(options)].reduce(merged);
  const network = options.network === undefined ? undefined : await readJsonObject(options.network);
  const architecture = network !== undefined && 'layers' in network ? 'layers' : options.model;
  const settings = settingsOf(architecture, network, given, options.network);
  const { format, skipBad: _, ...reading } = openOptions(options);
  return runConfigOf({
    recordings: folders,
    out,
    run: options.run ?? runFolderOf(out),
    settings,
    ...(format !== undefined && { format }),
    ...(options.skipBad !== undefined && { skipBad: options.skipBad }),
    ...(Object.keys(reading).length > 0 && { reading }),
    ...(options.from !== undefined && { from: options.from }),
    ...(options.backend !== undefined && { backend: options.backend }),
  });
}

/** @throws Refusal naming the file, when an option in it does not exist or is out of range */
async function readOptionsFile(file: string, note: (line: string) => void): Promise<Record<string, unknown>> {
  const given = await readJsonObject(file);
  return refusingAt(file, () => {
    const known = knownOptions(nested(given), (line) => note(`${file}: ${line}`));
    checkOptions(known);
    return known;
  });
}

/** Options whose names have dots, `headWeights.speed`, under the options that the dots lead into. */
function nested(given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) putUnder(result, name, value);
  return result;
}

function settingsOf(
  architecture: string,
  network: Record<string, unknown> | undefined,
  given: Record<string, unknown>,
  file: string | undefined,
): TrainingSettings {
  checkOptions(given);
  findArchitecture(architecture);
  const make = () => trainingSettings(architecture, network, given);
  return file === undefined ? make() : refusingAt(file, make);
}

/** Options over earlier ones; settings within an option are kept while its kind stays the same. */
function merged(before: Record<string, unknown>, after: Record<string, unknown>): Record<string, unknown> {
  const both = { ...before };
  for (const [name, value] of Object.entries(after)) {
    const earlier = before[name];
    const goesOn = isObject(earlier) && isObject(value) && (value.kind ?? earlier.kind) === earlier.kind;
    both[name] = goesOn ? { ...earlier, ...value } : value;
  }
  return both;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `name=value`, the value as JSON or else as text; a dot leads into an option: `schedule.kind=constant`. */
export function parseSettings(settings: readonly string[]): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const setting of settings) {
    const [, name, text] = /^([A-Za-z][\w.]*)=(.*)$/s.exec(setting) ?? [];
    if (name === undefined || text === undefined) {
      throw new Refusal('wrong-setting', `--set ${setting}`, 'this is not name=value', 'write it as batch=16');
    }
    putUnder(result, name, valueFrom(text));
  }
  return result;
}

function valueFrom(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** @throws Refusal when the file is missing, no JSON, or no object */
export async function readJsonObject(file: string): Promise<Record<string, unknown>> {
  const bytes = await readFile(file).catch(() => {
    throw new Refusal('missing-file', file, 'there is no such file that can be read', 'check the path');
  });
  const json = parseJson(bytes, { code: 'no-json', where: file, mend: 'correct it' });
  const object = networkFileSchema.safeParse(json);
  if (!object.success) throw new Refusal('no-object', file, 'it holds no JSON object', 'write {"name": value}');
  return object.data;
}
