import { z } from 'zod';
import { BACKEND_NAMES } from '../backend/open-backend.ts';
import { referenceSchema, runConfigSchema } from './run-config.ts';

/** Version of the run folder that this program writes; it reads the earlier ones. */
export const RUN_VERSION = 2;

/**
 * `running` and `paused` in a run that nobody holds mean that it was interrupted. `stopped`: by a person; it can go on, as
 * one that has `failed`.
 */
export const runStatusSchema = z.enum(['running', 'paused', 'stopped', 'finished', 'failed']);
export type RunStatus = z.infer<typeof runStatusSchema>;

/** The data that was trained on. */
export const runDataSchema = z.strictObject({
  /** SHA-256 of all recordings together, see `describeData`. */
  sha256: z.string(),
  recordings: z.array(
    z.strictObject({
      reference: referenceSchema,
      name: z.string(),
      samples: z.int(),
      /** Of pictures and columns. */
      sha256: z.string(),
      /** SHA-256 of the steering angles, see `hashSteering`; absent where they never change, and in older runs. */
      steering: z.string().optional(),
      /** Size of its frames [px]; absent in older runs. */
      frame: z.strictObject({ width: z.int(), height: z.int() }).optional(),
      /** Of the columns alone; absent in runs of earlier versions. */
      columns: z.string().optional(),
    }),
  ),
});
export type RunData = z.infer<typeof runDataSchema>;

/** What a training was computed by. */
export const environmentSchema = z.strictObject({
  wheelhouse: z.string(),
  tfjs: z.string(),
  /** e.g. `Node v20.19.0`, `Chrome 147.0` */
  runtime: z.string(),
  platform: z.string(),
  cpus: z.string(),
  backend: z.enum(BACKEND_NAMES),
  /** Graphics adapter, where the backend has one. */
  adapter: z.string().nullable(),
});
export type Environment = z.infer<typeof environmentSchema>;

const instant = z.iso.datetime();

/** `run.json`. */
export const runDescriptionSchema = z.strictObject({
  format: z.literal('wheelhouse-run'),
  version: z.literal(RUN_VERSION),
  /** What a person calls it. */
  name: z.string(),
  status: runStatusSchema,
  begun: instant,
  /** Last change of this file. */
  changed: instant,
  config: runConfigSchema,
  /** Seed of weights, order and chance. */
  seed: z.int(),
  /** Null until its recordings were opened, and in runs that were begun before hashes were kept. */
  data: runDataSchema.nullable(),
  /** Where it was begun; null until then. */
  environment: environmentSchema.nullable(),
  /** Where it went on, later. */
  resumed: z.array(environmentSchema.extend({ at: instant })),
});
export type RunDescription = z.infer<typeof runDescriptionSchema>;

/** `run.json` of a run that begins now. */
export function describeRun(name: string, config: RunDescription['config']): RunDescription {
  const now = new Date().toISOString();
  return {
    format: 'wheelhouse-run',
    version: RUN_VERSION,
    name,
    status: 'running',
    begun: now,
    changed: now,
    config,
    seed: config.training.seed,
    data: null,
    environment: null,
    resumed: [],
  };
}
