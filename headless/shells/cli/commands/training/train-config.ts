import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { BackendName } from '../../../../../models/backend/open-backend.ts';
import { trainingOptions } from '../../../../../models/training/options.ts';
import {
  DATA_DEFAULTS,
  optionsForLoss,
  SHORT_WINDOWS,
  type SPLITS,
  TRAINING_DEFAULTS,
} from '../../../../../models/training/train-settings.ts';
import { createSpec, findArchitecture } from '../../../../../models/zoo/zoo.ts';
import { Refusal } from '../../../../../sim/refusal.ts';
import { readModelFolder } from '../../../../work/models/model-folder.ts';
import type { RunConfig } from '../../../../work/runs/run-schema.ts';

/** What `wheelhouse train` was called with. */
export interface TrainCommandOptions {
  readonly model: string;
  readonly out?: string;
  readonly run?: string;
  readonly resume?: string;
  readonly network?: string;
  readonly options?: string;
  readonly set: readonly string[];
  readonly from?: string;
  readonly freeze?: string[];
  readonly checkpointEvery: number;
  readonly format?: string;
  readonly skipBad?: boolean;
  readonly size?: { width: number; height: number };
  readonly time?: number;
  readonly crop?: { top: number; bottom: number; left: number; right: number };
  readonly stride?: number;
  readonly smoothing?: number;
  readonly sideCameras?: number;
  readonly labelShift?: number;
  readonly epochs?: number;
  readonly batch?: number;
  readonly learningRate?: number;
  readonly patience?: number;
  readonly split?: (typeof SPLITS)[number];
  readonly validation?: number;
  readonly testTail?: number;
  readonly seed?: number;
  readonly frameMemory: number;
  readonly frameCache: boolean;
  readonly backend: BackendName | 'auto';
}

const networkFileSchema = z.looseObject({});

/**
 * All settings of a training, from the command line and the files that it names; later ones win: the defaults, the
 * options file, `--set`, the options of their own.
 * @throws Refusal naming the file and the field
 */
export async function trainConfig(
  folders: readonly string[],
  out: string,
  options: Omit<TrainCommandOptions, 'checkpointEvery' | 'frameMemory' | 'frameCache' | 'backend'>,
): Promise<RunConfig> {
  const fromFile = options.options === undefined ? {} : await readJsonObject(options.options);
  const training = trainingOptions({
    ...TRAINING_DEFAULTS,
    ...fromFile,
    ...parseSettings(options.set),
    ...given({
      epochs: options.epochs,
      batch: options.batch,
      learningRate: options.learningRate,
      patience: options.patience,
      seed: options.seed,
      freeze: options.freeze,
    }),
  });
  const network = options.network === undefined ? undefined : await readJsonObject(options.network);
  const architecture = network !== undefined && 'layers' in network ? 'layers' : options.model;
  const networkOptions = { ...optionsForLoss(training.loss, architecture), ...network };
  findArchitecture(architecture);
  try {
    createSpec(architecture, { options: networkOptions, input: inputOf(options, architecture) });
  } catch (error) {
    if (!(error instanceof Refusal) || options.network === undefined) throw error;
    throw new Refusal(error.code, options.network, ...split(error.message));
  }
  const from = options.from === undefined ? undefined : await readModelFolder(options.from);
  return {
    recordings: folders.map((folder) => path.resolve(folder)),
    ...given({ format: options.format, skipBad: options.skipBad }),
    out: path.resolve(out),
    architecture,
    ...(Object.keys(networkOptions).length > 0 && { networkOptions }),
    ...(from && {
      from: { folder: options.from === 'default' ? 'default' : path.resolve(options.from!), sha256: from.sha256 },
    }),
    ...given({ width: options.size?.width, height: options.size?.height }),
    ...given({ time: options.time ?? SHORT_WINDOWS[architecture], crop: options.crop }),
    stride: options.stride ?? DATA_DEFAULTS.stride,
    smoothing: options.smoothing ?? DATA_DEFAULTS.smoothing,
    sideCameras: options.sideCameras ?? DATA_DEFAULTS.sideCameras,
    labelShift: options.labelShift ?? DATA_DEFAULTS.labelShift,
    split: options.split ?? DATA_DEFAULTS.split,
    validationShare: options.validation ?? DATA_DEFAULTS.validationShare,
    testTail: options.testTail ?? DATA_DEFAULTS.testTail,
    training,
  };
}

/** `name=value`, the value as JSON or else as text; a dot leads into an option: `schedule.kind=constant`. */
export function parseSettings(settings: readonly string[]): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const setting of settings) {
    const [, name, text] = /^([A-Za-z][\w.]*)=(.*)$/s.exec(setting) ?? [];
    if (name === undefined || text === undefined) {
      throw new Refusal('wrong-setting', `--set ${setting}`, 'this is not name=value', 'write it as batch=16');
    }
    const parts = name.split('.');
    const last = parts.pop()!;
    let into = result;
    for (const part of parts) {
      const inner = { ...(Object.hasOwn(into, part) ? (into[part] as object) : {}) };
      into[part] = inner;
      into = inner as Record<string, unknown>;
    }
    into[last] = valueFrom(text);
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
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Refusal('missing-file', file, 'there is no such file that can be read', 'check the path');
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Refusal('no-json', file, `it is not JSON (${(error as Error).message})`, 'correct it');
  }
  const object = networkFileSchema.safeParse(json);
  if (!object.success) throw new Refusal('no-object', file, 'it holds no JSON object', 'write {"name": value}');
  return object.data;
}

function inputOf(options: Pick<TrainCommandOptions, 'size' | 'crop' | 'time'>, architecture: string) {
  const { size, crop } = options;
  const time = options.time ?? SHORT_WINDOWS[architecture];
  const { input } = findArchitecture(architecture);
  return { ...input, ...given({ width: size?.width, height: size?.height, time, crop }) };
}

/** Only what is not undefined. */
function given<T extends Record<string, unknown>>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}

function split(message: string): [what: string, mend: string] {
  const at = message.lastIndexOf('; ');
  return at < 0 ? [message, 'correct it'] : [message.slice(0, at), message.slice(at + 2)];
}
